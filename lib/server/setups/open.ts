import 'server-only';
import { BY_ITSELF } from '../../domain/audit';
import { setupNames } from '../../domain/setup/evidence';
import type { SetupEvent } from '../../domain/setup/setup';
import type { SetupState } from '../../domain/setup/state';
import { name } from '../../domain/text/say';
import { append } from '../audit';
import { note } from '../notes';
import type { Runtime } from '../runtime';
import { openSetupDesk, type SetupDesk } from './desk';

type Parts = Pick<Runtime, 'store' | 'clock' | 'hub' | 'engines' | 'log' | 'live' | 'runs'> & {
  readonly derive: (purpose: string) => string;
};

/** The desk, bound to the hub. Set-ups that had no end when Handover ended are marked as interrupted; nothing else happens until a person chooses. */
export function startSetups(parts: Parts): SetupDesk {
  const { store, clock, hub, engines, log, live, runs } = parts;
  const runOf = (clusterId: string) => runs.openRun(clusterId);
  const desk: SetupDesk = openSetupDesk({
    store,
    clock,
    engine: engines.get,
    self: runs.ctx.self,
    derive: parts.derive,
    busy: (id) => {
      const run = runOf(id);
      return run === undefined ? undefined : `Run ${run} of this cluster has no end yet.`;
    },
    runOf,
    reload: () => live.reload(),
    onEvent: (events, state) => {
      followSetup(parts, events, state);
      const last = events.at(-1)?.type;
      // What the volumes of a stopped container hold was read before: nothing else would say that it is otherwise now.
      if (last === 'SetupEnded' || last === 'SetupStopped')
        live.watcher
          .refresh(state.plan.clusterId)
          .catch((e: unknown) => log.error({ err: e }, 'a cluster that was set up was not looked at'));
    },
    onChange: () => hub.put('setups', desk.shown(), clock.now()),
    onFailure: (what, e) => log.error({ err: e }, `could not ${what}`),
  });
  const interrupted = desk.runner.findInterrupted();
  if (interrupted.length > 0) log.warn({ setups: interrupted }, 'set-ups without an end wait for a person');
  hub.put('setups', desk.shown(), clock.now());
  return desk;
}

/** Lines of the audit log and of the cluster's timeline. */
function followSetup(parts: Parts, events: readonly SetupEvent[], { plan, kept }: SetupState): void {
  const e = events.at(-1);
  if (!e) return;
  const names = setupNames(plan).join(', ');
  const audit = (entry: Omit<Parameters<typeof append>[1], 'at' | 'clusterId' | 'subject'>) =>
    append(parts, { at: e.at, clusterId: plan.clusterId, subject: `set-up ${plan.setupId}`, ...entry });
  const line = (kind: Parameters<typeof note>[2]['kind'], message: Parameters<typeof note>[2]['message'], who?: string) => {
    if (parts.store.clusters.get(plan.clusterId)) note(parts, plan.clusterId, { kind, message, ...(who !== undefined && { who }) });
  };
  if (e.type === 'SetupStarted') {
    audit({ who: e.who, what: 'setup.started', result: 'ok', detail: `${plan.kind}: ${names || plan.existing?.name}, plan ${e.hash}` });
    line('person', { key: 'event.setup.began', params: { setup: plan.setupId } }, e.who);
  }
  if (e.type === 'Chosen') audit({ who: e.who, what: 'setup.choose', result: 'ok', detail: e.choice });
  if (e.type === 'SetupStopped')
    audit({ who: BY_ITSELF, what: 'setup.stopped', result: 'failed', detail: `at step ${e.step}: ${e.reason}` });
  if (e.type !== 'SetupEnded') return;
  const what = plan.existing?.name ?? plan.instances.map((i) => i.name).join(', ');
  if (e.outcome === 'made') {
    audit({ who: BY_ITSELF, what: 'setup.ended', result: 'ok', detail: names || what });
    line('ok', { key: 'event.setup.made', params: { what: name(what) } });
  } else {
    audit({ who: BY_ITSELF, what: 'setup.undone', result: 'ok', detail: kept.length > 0 ? `left: ${kept.join(', ')}` : names });
    line('person', { key: 'event.setup.undone', params: { what: name(what) } });
  }
}
