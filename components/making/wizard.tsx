'use client';
import { ChevronRight, Info, RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import type { CallFailure } from '@/lib/client/fetcher';
import { startSetup, usePlan } from '@/lib/client/use-setups';
import type { SetupInput, SetupOptions } from '@/lib/contract/setup';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { LinkButton } from '../ui/link-button';
import { ProblemAlert } from '../ui/problem';
import { Verdict } from '../ui/verdict';
import { ByHand, TodoCard } from './by-hand';
import { ChecksCard } from './checks-card';
import { CompareTable } from './compare-table';
import { DiffsCard } from './diffs-card';
import { t } from './t';

interface Props {
  readonly kind: SetupInput['kind'];
  readonly options: SetupOptions;
  /** Undefined while something is missing in the form. */
  readonly input: SetupInput | undefined;
  /** Said instead of "not complete" while nothing is chosen. */
  readonly empty?: { readonly title: string; readonly why: string };
  /** Before the table: the choice of the way. */
  readonly head?: ReactNode;
  readonly fields: ReactNode;
  /** The fields are proposals that most people leave: folded. */
  readonly folded: boolean;
  readonly badge?: ReactNode;
  readonly back: '/clusters/new' | `/clusters/${string}`;
}

/** The dry run and the button: everything is shown before anything is made. */
export function Wizard({ kind, options, input, empty, head, fields, folded, badge, back }: Props) {
  const router = useRouter();
  const { answer, failure, busy, again } = usePlan(input);
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<CallFailure>();
  const shown = input === undefined ? undefined : answer;
  const ready = input !== undefined && !busy && !failure && answer?.ready === true;

  async function start() {
    if (!ready || starting || !answer) return;
    setStarting(true);
    setRefusal(undefined);
    const got = await startSetup(input, answer.hash);
    if (got.ok) return router.push(`/setups/${got.value.id}`);
    setStarting(false);
    setRefusal(got.error);
    // What was read may not be true any more.
    again();
  }
  const button = (primary: boolean) => (
    <Button
      variant={primary && ready ? 'primary' : 'default'}
      {...(primary && { size: 'l' as const })}
      busy={starting}
      impossible={!ready}
      aria-describedby="make-foot"
      onClick={() => void start()}
    >
      {t(`ui.make.do.${kind}`)}
    </Button>
  );
  const why = starting || ready ? undefined : busy ? t('ui.make.need.busy') : t('ui.make.need.ready');
  return (
    <>
      {/* As high as it will be: what stands below must not jump when the measuring is done. */}
      <div className="grid max-tab:min-h-[232px]">
        {input === undefined ? (
          <Verdict tone="warn" title={empty?.title ?? t('ui.make.v.fields')} {...(empty && { why: empty.why })} />
        ) : failure && !busy ? (
          <Verdict
            tone="unknown"
            title={t('ui.make.v.failed')}
            action={
              <Button onClick={again}>
                <RefreshCw aria-hidden />
                {t('ui.make.again')}
              </Button>
            }
          />
        ) : answer === undefined || busy ? (
          <Verdict tone="run" title={t('ui.make.v.measuring')} why={t('ui.make.v.measuring.why')} action={button(true)} />
        ) : (
          <Verdict
            tone={answer.ready ? 'ok' : answer.checks.some((c) => c.result === 'block') || answer.problem ? 'bad' : 'unknown'}
            title={<Text of={answer.verdict.title} />}
            why={<Text of={answer.verdict.why} />}
            news={[answer.verdict.title, answer.verdict.why]}
            action={
              answer.ready ? (
                button(true)
              ) : (
                <Button onClick={again}>
                  <RefreshCw aria-hidden />
                  {t('ui.make.again')}
                </Button>
              )
            }
          />
        )}
      </div>
      {refusal && <ProblemAlert problem={refusal} title={t('ui.make.refused')} />}
      {failure && !busy && <ProblemAlert problem={failure} />}
      {shown?.problem && !busy && <ProblemAlert problem={shown.problem} />}
      {head}
      {!folded && fields}
      {shown && <CompareTable answer={shown} badge={badge} />}
      {folded && (
        <Card className="px-5 max-tab:px-4 py-3">
          <details>
            <summary className="inline-flex items-center gap-1 min-h-6 max-tab:min-h-11 font-semibold text-accent">
              <ChevronRight aria-hidden className="chev size-3.5" />
              {t('ui.make.change')}
            </summary>
            <div className="pt-4 pb-2">{fields}</div>
          </details>
        </Card>
      )}
      {shown && (
        <div className="grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-2">
          <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
            <DiffsCard answer={shown} />
            <TodoCard answer={shown} />
            {kind !== 'create-both' && <Licence options={options} />}
          </div>
          <ChecksCard checks={shown.checks} at={shown.at} busy={busy} />
        </div>
      )}
      {shown && <ByHand answer={shown} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="mr-auto max-w-[80ch] text-ink-2">
          <span id="make-foot">{why}</span> {shown && <Text of={shown.undo} />}
        </p>
        <div className="flex flex-wrap gap-2 max-tab:w-full max-tab:*:w-full">
          <LinkButton href={back}>{t('ui.make.back')}</LinkButton>
          {button(false)}
        </div>
      </div>
    </>
  );
}

/** What can be known of a licence, and what follows from it. */
function Licence({ options }: { options: SetupOptions }) {
  return (
    <Card aria-labelledby="licence" className="p-5 max-tab:p-4 grid gap-1.5">
      <SectionHead id="licence" title={t('ui.make.licence')} />
      <p className="grid grid-cols-[16px_minmax(0,1fr)] gap-2.5 text-ink-2">
        <Info aria-hidden className="size-4 mt-0.5 text-ink-3" />
        <span>
          <Text of={options.licence.note} />
        </span>
      </p>
    </Card>
  );
}
