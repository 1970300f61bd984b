'use client';
import type { ReactNode } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import type { Tone } from '@/lib/domain/cluster/view';
import { Text } from '../../text/text';
import { LinkButton } from '../../ui/link-button';
import { Verdict } from '../../ui/verdict';
import { sideNames } from '../labels';
import { t } from '../t';
import { DownClock } from './down-clock';
import { downOf, fitOf, type Living, livingOf, type Phase, phaseOf, stoppedTone, undoing } from './run-model';

interface Said {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly why: ReactNode;
}

/** The sentence of the page. It changes with the step, never with bytes or seconds: this is what is announced. */
export function RunVerdict({ answer }: { answer: RunAnswer }) {
  const phase = phaseOf(answer.summary);
  const { tone, title, why } = SAY[phase](answer);
  const asking = phase === 'interrupted' || phase === 'stopped' || phase === 'by-hand';
  const ended = answer.summary.state === 'ended';
  const nothing = !asking && !ended && downOf(answer.summary, 0) === undefined;
  return (
    <Verdict
      tone={tone}
      title={title}
      why={why}
      action={
        nothing ? undefined : (
          <div className="grid gap-3 justify-items-end max-tab:justify-items-stretch">
            {!ended && <DownClock answer={answer} />}
            {asking && (
              <LinkButton
                href={phase === 'by-hand' ? '#by-hand' : '#choose'}
                variant={tone === 'alarm' ? 'on-alarm' : 'primary'}
                className="wide:hidden"
              >
                {t(phase === 'by-hand' ? 'runbook.toDone' : 'runbook.toChoices')}
              </LinkButton>
            )}
            {ended && <EndAction answer={answer} phase={phase} />}
          </div>
        )
      }
    />
  );
}

const names = (a: RunAnswer) => sideNames(a.summary);
const place = (a: RunAnswer) => ({ n: a.summary.number, of: a.summary.of });
const living = (a: RunAnswer, is: Living = livingOf(a)): string =>
  is === 'none' || is === 'both' || is === 'unknown' ? t(`runbook.living.${is}`) : t(`runbook.living.${is}`, names(a));

const SAY: Record<Phase, (a: RunAnswer) => Said> = {
  working: (a) => {
    const step = a.steps.find((s) => s.step === a.summary.step);
    return {
      tone: 'run',
      title: (
        <>
          {t('runbook.now.working', place(a))} {step && <Text of={step.title} />}.
        </>
      ),
      why: t(a.pointPassed ? 'runbook.now.working.after' : 'runbook.now.working.why'),
    };
  },
  undoing: (a) => {
    const { done, of, now } = undoing(a.steps);
    return {
      tone: 'run',
      title: (
        <>
          {t('runbook.now.undoing', { n: Math.min(done + 1, of), of })} {now ? <Text of={now.title} /> : '…'}
        </>
      ),
      why: t('runbook.now.undoing.why'),
    };
  },
  interrupted: (a) => ({
    tone: 'warn',
    title: `${t('runbook.now.interrupted', place(a))} ${t(`runbook.now.interrupted.${fitOf(a)}`)}`,
    why: `${t('runbook.now.interrupted.why')} ${a.compared.length > 0 ? living(a) : ''}`,
  }),
  stopped: (a) => ({
    tone: a.compared.length > 0 ? stoppedTone(livingOf(a)) : 'bad',
    title: (
      <>
        {t('runbook.now.stopped', place(a))}{' '}
        <Text of={{ key: `run.stopped.${a.summary.stopped?.reason ?? 'step-failed'}`, params: names(a) }} />
      </>
    ),
    why: `${a.compared.length > 0 ? `${living(a)} ` : ''}${t('runbook.now.stopped.why')}`,
  }),
  'by-hand': (a) => ({
    tone: 'warn',
    title: t('runbook.now.byHand'),
    why: `${t('runbook.now.byHand.why')} ${a.compared.length > 0 ? living(a) : ''}`,
  }),
  closing: () => ({ tone: 'run', title: t('runbook.now.closing'), why: undefined }),
  succeeded: (a) => ({
    tone: 'ok',
    title: t('runbook.now.succeeded', { target: names(a).target }),
    why: t('runbook.now.succeeded.why', { source: names(a).source }),
  }),
  undone: (a) => ({ tone: 'ok', title: t('runbook.now.undone'), why: t('runbook.now.undone.why', names(a)) }),
  'hand-done': () => ({ tone: 'warn', title: t('runbook.now.handDone'), why: t('runbook.now.handDone.why') }),
};

/** One click on: back again, once more, or to the cluster. */
function EndAction({ answer, phase }: { answer: RunAnswer; phase: Phase }) {
  const { clusterId, clusterName, from, to } = answer.summary;
  const prepare = (slot: string) => `/clusters/${clusterId}/switch-over?from=${slot}` as const;
  return (
    <div className="flex flex-wrap justify-end gap-2 max-tab:*:w-full">
      {phase === 'succeeded' && (
        <LinkButton href={prepare(to.slot)}>{t('runbook.switchBack', { source: names(answer).source })}</LinkButton>
      )}
      {phase === 'undone' && <LinkButton href={prepare(from.slot)}>{t('runbook.prepareAgain')}</LinkButton>}
      <LinkButton href={`/clusters/${clusterId}`} variant="primary">
        {t('runbook.toCluster', { cluster: clusterName })}
      </LinkButton>
    </div>
  );
}
