'use client';
import { Fragment } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import type { Tone } from '@/lib/domain/cluster/view';
import type { Message } from '@/lib/domain/text/message';
import { Text } from '../../text/text';
import { LinkButton } from '../../ui/link-button';
import { Verdict } from '../../ui/verdict';
import { sideNames } from '../labels';
import { m, t } from '../t';
import { DownClock } from './down-clock';
import { downOf, fitOf, livingOf, type Phase, phaseOf, stoppedTone, undoing } from './run-model';

interface Said {
  readonly tone: Tone;
  readonly title: readonly Message[];
  readonly why: readonly Message[];
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
      title={<Sentences of={title} />}
      why={why.length > 0 ? <Sentences of={why} /> : undefined}
      news={asking ? [...title, ...why] : title}
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

const Sentences = ({ of }: { of: readonly Message[] }) =>
  of.map((said, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: sentences in their order
    <Fragment key={i}>
      {i > 0 && ' '}
      <Text of={said} />
    </Fragment>
  ));

const names = (a: RunAnswer) => sideNames(a.summary);
const place = (a: RunAnswer) => ({ n: a.summary.number, of: a.summary.of });
/** Nothing is said of what runs before it was looked at. */
function living(a: RunAnswer): readonly Message[] {
  if (a.compared.length === 0) return [];
  const is = livingOf(a);
  return [is === 'source' || is === 'target' ? m(`runbook.living.${is}`, names(a)) : m(`runbook.living.${is}`)];
}

const SAY: Record<Phase, (a: RunAnswer) => Said> = {
  working: (a) => ({
    tone: 'run',
    title: [m('runbook.now.working', place(a)), ...a.steps.filter((s) => s.step === a.summary.step).map((s) => s.title)],
    why: [m(a.pointPassed ? 'runbook.now.working.after' : 'runbook.now.working.why')],
  }),
  undoing: (a) => {
    const { done, of, now } = undoing(a.steps);
    return {
      tone: 'run',
      title: [m('runbook.now.undoing', { n: Math.min(done + 1, of), of }), ...(now ? [now.title] : [])],
      why: [m('runbook.now.undoing.why')],
    };
  },
  interrupted: (a) => ({
    tone: 'warn',
    title: [m('runbook.now.interrupted', place(a)), m(`runbook.now.interrupted.${fitOf(a)}`)],
    why: [m('runbook.now.interrupted.why'), ...living(a)],
  }),
  stopped: (a) => ({
    tone: a.compared.length > 0 ? stoppedTone(livingOf(a)) : 'bad',
    title: [m('runbook.now.stopped', place(a)), { key: `run.stopped.${a.summary.stopped?.reason ?? 'step-failed'}`, params: names(a) }],
    why: [...living(a), m('runbook.now.stopped.why')],
  }),
  'by-hand': (a) => ({ tone: 'warn', title: [m('runbook.now.byHand')], why: [m('runbook.now.byHand.why'), ...living(a)] }),
  closing: () => ({ tone: 'run', title: [m('runbook.now.closing')], why: [] }),
  succeeded: (a) => ({
    tone: a.summary.left ? 'warn' : 'ok',
    title: [m('runbook.now.succeeded', { target: names(a).target })],
    why: [...(a.summary.left ? [m('runbook.now.succeeded.left')] : []), m('runbook.now.succeeded.why', { source: names(a).source })],
  }),
  undone: (a) => ({ tone: 'ok', title: [m('runbook.now.undone')], why: [m('runbook.now.undone.why', names(a))] }),
  'hand-done': () => ({ tone: 'warn', title: [m('runbook.now.handDone')], why: [m('runbook.now.handDone.why')] }),
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
