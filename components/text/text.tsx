'use client';
import { formatBytes, formatCount, formatDuration } from '@/lib/domain/text/format';
import { type Message, type Param, parts } from '@/lib/domain/text/message';
import { useCatalogue } from './catalogue';
import { Code } from './code';
import { Age, Lasting, Time } from './time';

/** A message of the catalogue: names monospaced, times in the viewer's zone, ages that go on ticking. Nothing while its text is still fetched. */
export function Text({ of }: { of: Message }) {
  const catalogue = useCatalogue(of.key);
  if (!catalogue) return null;
  return parts(of, catalogue).map((part, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other identity, and keep their places
    return part.kind === 'text' ? part.text : <Value key={i} param={part.param} />;
  });
}

function Value({ param }: { param: Exclude<Param, string | number> }) {
  switch (param.as) {
    case 'name':
    case 'code':
      return <Code>{param.value}</Code>;
    case 'time':
      return <Time at={param.value} />;
    case 'ago':
      return <Age since={param.value} />;
    case 'for':
      return <Lasting since={param.value} />;
    case 'duration':
      return formatDuration(param.value);
    case 'bytes':
      return formatBytes(param.value);
    case 'count':
      return formatCount(param.value);
  }
}
