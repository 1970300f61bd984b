/** What a settled step leaves as proof: read from the same look that showed its goal. */
import type { Message } from '../text/message';
import type { Evidence, Way } from './events';
import { retiredPath, stagingPath } from './plan';
import type { RunState } from './state';
import type { StepId } from './steps';
import type { World } from './world';

type Say = (w: World, s: RunState) => { key: string; params?: Message['params']; facts?: Evidence['facts'] };
const code = (value: string) => ({ as: 'code' as const, value });
const name = (value: string) => ({ as: 'name' as const, value });
const bytes = (value: number) => ({ as: 'bytes' as const, value });

const SAYS: Record<StepId, Say> = {
  lock: () => ({ key: 'evidence.lock' }),
  'copy-ahead': (_, s) => ({
    key: 'evidence.copy-ahead',
    params: { files: (s.ahead ?? []).length, size: bytes(total(s.ahead)), folder: code(stagingPath(s.plan)) },
  }),
  'fence-ahead': (w) => ({ key: 'evidence.fence', params: { policy: code(w.source.policy), flag: code(w.source.flag) } }),
  'shut-down': (w) => ({ key: 'evidence.stopped', params: { exit: w.source.exitCode ?? '?' } }),
  'prove-stopped': (w) => {
    const j = w.source.state.kind === 'journal' ? w.source.state : undefined;
    return {
      key: 'evidence.proved-stopped',
      params: { exit: w.source.exitCode ?? '?', ending: code(j?.ending ?? '?'), event: code(String(j?.lastEventId ?? '?')) },
      ...(j && { facts: { journalId: j.journalId, lastEventId: j.lastEventId, ending: j.ending } }),
    };
  },
  'prove-fence': (w) => ({ key: 'evidence.prove-fence', params: { policy: code(w.source.policy), flag: code(w.source.flag) } }),
  'copy-rest': (_, s) => ({ key: 'evidence.copy-rest', params: { files: (s.verified ?? []).length, size: bytes(total(s.verified)) } }),
  retire: (_, s) => ({ key: 'evidence.retire', params: { folder: code(retiredPath(s.plan)) } }),
  'move-name': (_, s) => {
    const move = s.plan.joc?.move;
    return move
      ? { key: 'evidence.move-name', params: { alias: name(move.alias), network: name(move.network), to: name(s.plan.target.ref.name) } }
      : { key: 'evidence.move-name-none' };
  },
  unfence: (w) => ({ key: 'evidence.unfence', params: { policy: code(w.target.policy), flag: code(w.target.flag) } }),
  start: (_, s) => ({ key: 'evidence.start', params: { name: name(s.plan.target.ref.name) } }),
  'prove-works': (w, s) => {
    const l = w.target.live;
    const [before, after] = [s.ordersBefore, l?.orderCount];
    // Orders may come and go as soon as it works: another number is told, it is no fault.
    const orders = before === undefined || after === undefined ? 'unknown' : before === after ? 'same' : 'differs';
    return {
      key: `evidence.works.${orders}`,
      params: {
        id: code(l?.controllerId ?? '?'),
        journal: code(l?.journalId ?? '?'),
        event: code(String(l?.lastEventId ?? '?')),
        orders: after ?? '?',
        before: before ?? '?',
      },
      ...(l && {
        facts: {
          controllerId: l.controllerId,
          journalId: l.journalId,
          lastEventId: l.lastEventId,
          ...(after !== undefined && { orderCount: after }),
          ...(before !== undefined && { ordersBefore: before }),
        },
      }),
    };
  },
  'tell-joc': (w, s) => toldJoc(w, s),
  agents: (w, s) =>
    w.agents === 'none'
      ? { key: 'evidence.agents-none' }
      : { key: 'evidence.agents', params: { names: name((s.plan.agents ?? []).join(', ')) } },
  report: () => ({ key: 'evidence.report' }),
};
function toldJoc(w: World, { plan: { joc } }: RunState): ReturnType<Say> {
  if (!joc) return { key: 'evidence.joc-none' };
  const url = w.jocSees?.url ?? joc.to[0] ?? '?';
  const facts = {
    url,
    ...(joc.from !== undefined && { before: joc.from }),
    ...(w.jocSees?.proxyAt !== undefined && { proxyAt: w.jocSees.proxyAt }),
  };
  const at = w.jocSees?.proxyAt;
  const seen = { joc: name(joc.name), url: code(url), ...(at !== undefined && { at: { as: 'time' as const, value: at } }) };
  if (at === undefined) return { key: 'evidence.joc', facts };
  return joc.from === undefined || joc.from === url
    ? { key: 'evidence.joc-same', params: seen, facts }
    : { key: 'evidence.joc-moved', params: { ...seen, before: code(joc.from) }, facts };
}
/** What stays to be done where a step was left: told with its outcome. */
export function leftOf(step: StepId, { plan: { joc, agents } }: RunState, at: number, world: World): readonly Evidence[] {
  if (step === 'agents')
    return [{ at, said: { key: 'evidence.agents-left', params: { names: name((world.agentsMissing ?? agents ?? []).join(', ')) } } }];
  if (step === 'move-name' && joc?.move) return [{ at, said: { key: 'evidence.move-name-left', params: { alias: name(joc.move.alias) } } }];
  if (step !== 'tell-joc' || !joc) return [];
  const said =
    joc.follow === 'update' && joc.from !== undefined
      ? { key: 'evidence.joc-left-url', params: { joc: name(joc.name), url: code(joc.from) } }
      : { key: 'evidence.joc-left', params: { joc: name(joc.name) } };
  return [{ at, said }];
}
const total = (files: RunState['verified']): number => (files ?? []).reduce((sum, f) => sum + f.bytes, 0);

export function evidenceOf(step: StepId, way: Way, world: World, state: RunState, at: number): readonly Evidence[] {
  if (way === 'undo') return [{ at, said: { key: `evidence.undo.${step}` } }];
  const { key, params, facts } = SAYS[step](world, state);
  return [{ at, said: { key, ...(params && { params }) }, ...(facts && { facts }) }];
}
