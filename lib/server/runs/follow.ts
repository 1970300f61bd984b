import 'server-only';
import { BY_ITSELF } from '../../domain/audit';
import { names } from '../../domain/switchover/compare';
import type { RunEvent } from '../../domain/switchover/events';
import { reportOf } from '../../domain/switchover/report';
import type { RunState } from '../../domain/switchover/state';
import { STEP } from '../../domain/switchover/steps';
import { en } from '../../domain/text/en';
import { formatDuration, plainText } from '../../domain/text/format';
import type { Message } from '../../domain/text/message';
import { append } from '../audit';
import { note } from '../notes';
import type { Runtime } from '../runtime';

type Parts = Pick<Runtime, 'store' | 'clock' | 'log' | 'live'>;

/** Lines of the audit log and of the cluster's timeline, from what a run writes down of itself. */
export function followRun(parts: Parts, events: readonly RunEvent[], state: RunState): void {
  const e = events.at(-1);
  if (!e) return;
  const { runId, clusterId } = state.plan;
  const run = `run ${runId}`;
  const params = { ...names(state), run: runId };
  const line = (kind: Parameters<typeof note>[2]['kind'], key: string, more: Message['params'] = {}, who?: string) =>
    note(parts, clusterId, { kind, ...(who !== undefined && { who }), message: { key, params: { ...params, ...more } } });
  const audit = (entry: Omit<Parameters<typeof append>[1], 'at' | 'clusterId' | 'subject'>) =>
    append(parts, { at: e.at, clusterId, subject: run, ...entry });
  const why = (reason: string) => plainText({ key: `run.stopped.${reason}`, params: names(state) }, en, { now: e.at, zone: 'UTC' });

  switch (e.type) {
    case 'RunStarted':
      line('person', 'event.run.began', {}, e.by);
      audit({
        who: e.by,
        what: 'run.start',
        reason: e.reason,
        ...(e.ticket && { ticket: e.ticket }),
        result: 'ok',
        detail: about(state) + allowed(e),
      });
      return;
    case 'PersonChose':
      line('person', `event.run.chose.${e.choice}`, {}, e.by);
      audit({ who: e.by, what: 'run.choose', ...(e.why && { reason: e.why }), result: 'ok', detail: e.choice });
      return;
    case 'RunStopped':
      line('alarm', 'event.run.stopped', { why: why(e.reason) });
      audit({ who: BY_ITSELF, what: 'run.stopped', result: 'failed', detail: `at step ${e.step}: ${why(e.reason)}` });
      return;
    case 'RunInterrupted':
      line('lost', 'event.run.interrupted');
      audit({ who: BY_ITSELF, what: 'run.interrupted', result: 'failed', detail: `at step ${state.stopped?.step ?? ''}` });
      return;
    case 'TargetStopped':
      line('alarm', 'event.run.target-stopped');
      audit({ who: BY_ITSELF, what: 'run.target-stopped', result: 'ok', detail: `${state.plan.target.ref.name}: ${why(e.why)}` });
      return;
    case 'StepEnded':
      // The run goes on without it: nobody would be asked, so it is told here.
      if (STEP[e.step].mayBeLeft && e.way === 'do' && e.outcome !== 'succeeded') {
        if (e.step === 'agents')
          line('lost', 'event.run.agents-left', { agents: e.evidence[0]?.said.params?.names ?? { as: 'name', value: '' } });
        else line('lost', 'event.run.joc-left', { joc: { as: 'name', value: state.plan.joc?.name ?? '' } });
        audit({ who: BY_ITSELF, what: 'run.left', result: 'failed', detail: `step ${e.step}: ${e.problem?.message ?? e.outcome}` });
      }
      return;
    case 'RunEnded': {
      const down = reportOf(events).downMs;
      line(
        e.result === 'by-hand' ? 'person' : 'ok',
        `event.run.ended.${e.result}${e.result === 'succeeded' && down === undefined ? '.rest' : ''}`,
        { down: { as: 'duration', value: down ?? 0 } },
      );
      audit({
        who: BY_ITSELF,
        what: 'run.ended',
        result: 'ok',
        detail: down === undefined ? e.result : `${e.result}, down for ${formatDuration(down)}`,
      });
      return;
    }
    default:
  }
}

/** What the person took upon themselves, for the audit log. */
const allowed = (e: Extract<RunEvent, { type: 'RunStarted' }>): string =>
  `${e.accepted?.length ? `, accepted warnings: ${e.accepted.map((a) => a.id).join(', ')}` : ''}${e.timeSpent === undefined ? '' : `, time spent: ${e.timeSpent} min`}`;

const about = ({ plan, planHash }: RunState): string =>
  `${plan.variant} from ${plan.source.ref.name} (${plan.source.ref.engineId}) to ${plan.target.ref.name} (${plan.target.ref.engineId}), plan ${planHash}`;
