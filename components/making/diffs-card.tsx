import type { ConfigDiff, SetupPlanAnswer } from '@/lib/contract/setup';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { counted, t } from './t';

/** What becomes different in the configuration, as lines; all else is copied as it is. */
export function DiffsCard({ answer }: { answer: SetupPlanAnswer }) {
  const { diffs, copied } = answer;
  const sum = [
    counted(diffs.length, 'ui.make.diffs.differ.one', 'ui.make.diffs.differ.many'),
    ...(copied > 0 ? [t('ui.make.diffs.copied', { n: copied })] : []),
  ];
  return (
    <Card aria-labelledby="diffs" className="p-5 max-tab:p-4 grid gap-3 grid-cols-[minmax(0,1fr)]">
      <SectionHead id="diffs" title={t('ui.make.diffs')} aside={<span className="text-data text-ink-2">{sum.join(', ')}</span>} />
      {diffs.length === 0 && <p className="text-ink-2">{t('ui.make.diffs.none')}</p>}
      {diffs.map((diff) => (
        <Diff key={`${diff.slot} ${diff.path}`} diff={diff} both={answer.plan?.kind === 'create-both'} />
      ))}
      {copied > 0 && <p className="text-data text-ink-2">{t('ui.make.diffs.secrets')}</p>}
    </Card>
  );
}

const LINE = { ' ': '', '+': 'bg-ok-soft text-ok', '-': 'bg-bad-soft text-bad' } as const;

/** `both`: whose file it is stands before its name. */
function Diff({ diff, both }: { diff: ConfigDiff; both: boolean }) {
  const name = t('ui.make.diffs.of', { path: diff.path, slot: t(`ui.slot.${diff.slot}`) });
  return (
    <div className="grid gap-2 grid-cols-[minmax(0,1fr)]">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <section aria-label={name} tabIndex={0} className="rounded-m bg-sunken py-1.5 overflow-x-auto font-mono text-[12.5px] leading-[19px]">
        <div className="w-max min-w-full">
          <p className="px-3 text-ink-2">
            {both && `${t(`ui.slot.${diff.slot}`)}: `}config/{diff.path}
          </p>
          {diff.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file, in their order
            <p key={i} className={cn('px-3 whitespace-pre', LINE[line.sign])}>
              <span aria-hidden className="inline-block w-4 select-none">
                {line.sign === '-' ? '−' : line.sign}
              </span>
              {line.sign !== ' ' && (
                <span className="sr-only">{t(line.sign === '+' ? 'ui.make.diffs.added' : 'ui.make.diffs.removed')}</span>
              )}
              {line.text}
            </p>
          ))}
        </div>
      </section>
      <p className="text-data text-ink-2">
        <Text of={diff.why} />
      </p>
    </div>
  );
}
