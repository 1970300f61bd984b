'use client';
import { formatAge, formatBytes, formatCount, formatDuration, formatFor } from '@/lib/domain/text/format';
import { type Message, type Param, parts } from '@/lib/domain/text/message';
import { Code } from './code';
import { Age, Lasting, Time } from './time';
import { useCatalogue } from './use-catalogue';

/** A message of the catalogue: names monospaced, times in the viewer's zone, ages that go on ticking (or, with `when`, as they were then). Nothing while its text is still fetched. */
export function Text({ of, when }: { of: Message; when?: number }) {
  const catalogue = useCatalogue(of.key);
  if (!catalogue) return null;
  return parts(of, catalogue).map((part, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other identity, and keep their places
    return part.kind === 'text' ? part.text : <Value key={i} param={part.param} when={when} />;
  });
}

function Value({ param, when }: { param: Exclude<Param, string | number>; when: number | undefined }) {
  switch (param.as) {
    case 'name':
    case 'code':
      return <Code>{param.value}</Code>;
    case 'time':
      return <Time at={param.value} />;
    case 'ago':
      return when === undefined ? <Age since={param.value} /> : formatAge(when - param.value);
    case 'for':
      return when === undefined ? <Lasting since={param.value} /> : formatFor(when - param.value);
    case 'duration':
      return formatDuration(param.value);
    case 'bytes':
      return formatBytes(param.value);
    case 'count':
      return formatCount(param.value);
  }
}
