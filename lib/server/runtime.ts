import 'server-only';
import type { Logger } from 'pino';
import { openJoc } from '../adapters/joc/client';
import { openStore } from '../adapters/store/open';
import type { RunEvent } from '../domain/switchover/events';
import type { RunState } from '../domain/switchover/state';
import type { Clock } from '../ports/clock';
import type { Store } from '../ports/store';
import { followJoc } from '../usecases/joc/follow';
import { type Attempts, createAttempts } from './attempts';
import { type CommandLine, openCommandLine } from './command-line';
import { createEngineSet, type EngineSet } from './engine-set';
import { type Env, readEnv } from './env';
import { createFirstRun, type FirstRun } from './first-run';
import { startGuardStops } from './guard-stop';
import { createHub, type Hub } from './hub';
import { tellJocs } from './jocs/answers';
import { createJocSet, type JocSet } from './jocs/joc-set';
import { jocPorts } from './jocs/ports';
import { type Live, startLive } from './live';
import { createLog } from './log';
import { type Rehearsal, startRehearsal } from './rehearsal';
import type { RunDesk } from './runs/desk';
import { followRun } from './runs/follow';
import { createObservedRuns } from './runs/observed';
import { startRuns } from './runs/open';
import { followWay } from './runs/way-back';
import { createSessions, type Sessions } from './session';
import type { SetupDesk } from './setups/desk';
import { startSetups } from './setups/open';
import { createTurns } from './turns';

/** Everything that lives as long as the process. */
export interface Runtime {
  readonly env: Env;
  readonly log: Logger;
  readonly clock: Clock;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly commandLine: CommandLine;
  readonly firstRun: FirstRun;
  readonly hub: Hub;
  readonly engines: EngineSet;
  readonly jocs: JocSet;
  readonly live: Live;
  readonly runs: RunDesk;
  readonly setups: SetupDesk;
  readonly rehearsal?: Rehearsal;
  /** Open streams beside the hub's (logs): aborted when the process ends. */
  readonly streams: Set<AbortController>;
  /** Acts on one cluster, one after the other. */
  readonly turns: ReturnType<typeof createTurns>;
  close(): Promise<void>;
}

declare global {
  /** Next evaluates a module several times in one process: what lives is kept here, once. */
  var handover: { readonly runtime: Promise<Runtime>; readonly log: Logger } | undefined;
}

/** The one runtime of this process; started by the first who asks (instrumentation.ts). Rejects when it cannot start. */
export function getRuntime(): Promise<Runtime> {
  if (!globalThis.handover) {
    const env = readEnv(process.env);
    const log = createLog(env.logLevel);
    globalThis.handover = { runtime: startRuntime(env, log), log };
  }
  return globalThis.handover.runtime;
}

async function startRuntime(env: Env, log: Logger): Promise<Runtime> {
  const clock: Clock = { now: Date.now };
  const { store, vault } = openStore(env);
  const hub = createHub(clock);
  const rehearsal = env.rehearsal ? await startRehearsal({ env, store, clock, hub, log }) : undefined;
  const engines = createEngineSet(clock, (id) => rehearsal?.engine(id));
  for (const settings of store.engines.all())
    if (settings.address.kind !== 'rehearsal' || rehearsal?.engine(settings.id)) engines.open(settings);
  const jocs: JocSet = createJocSet({ store, clock, open: openJoc, onChange: () => tellJocs({ store, clock, hub, jocs }) });
  jocs.reload();
  const observed = createObservedRuns();
  const live = startLive({
    store,
    clock,
    hub,
    engines,
    log,
    onView: (view) => rehearsal?.noteView(view),
    runOf: observed.of,
    jocOf: jocs.of,
  });
  rehearsal?.bind(live);
  const mark = vault.fingerprint.slice(0, 8);
  const onEvent = (events: readonly RunEvent[], state: RunState) => {
    observed.note(events, state);
    live.watcher.judgeAgain(state.plan.clusterId);
    followRun({ store, clock, log, live }, events, state);
  };
  const runs = startRuns({
    store,
    clock,
    hub,
    engines,
    log,
    joc: { of: jocs.of, follow: followJoc(jocPorts({ clock, store, engines, jocs })) },
    mark,
    onEvent,
    onOpen: observed.note,
    onWay: (id, events) => followWay({ store, clock, log, live }, id, events),
  });
  const setups = startSetups({ store, clock, hub, engines, log, live, runs, derive: vault.derive });
  const firstRun = createFirstRun((code) => announce(env, code));
  if (store.accounts.all().length === 0) firstRun.renew();
  const streams = new Set<AbortController>();
  const commandLine = openCommandLine({ dataDir: env.dataDir, address: env.localAddress, clock });
  const sessions = createSessions({
    secret: vault.derive('sessions'),
    mark,
    secure: env.secure,
    store,
    clock,
  });
  log.info(
    { address: env.address, data: env.dataDir, rehearsal: env.rehearsal, clusters: store.clusters.all().length },
    'Handover has started',
  );
  const runtime: Runtime = {
    ...{ env, log, clock, store, sessions, firstRun, hub, engines, jocs, live, runs, setups, streams, commandLine },
    attempts: createAttempts(),
    turns: createTurns(),
    ...(rehearsal && { rehearsal }),
    async close() {
      commandLine.close();
      hub.closeAll();
      for (const stream of streams) stream.abort();
      endGuard();
      live.close();
      // Before engines and store: what is under way still needs the first and must not write to a closed one.
      await Promise.all([runs.close(), setups.close()]);
      await Promise.allSettled([engines.closeAll(), jocs.closeAll(), rehearsal?.close()]);
      store.close();
      log.info('Handover has ended');
    },
  };
  const endGuard = startGuardStops(() => runtime);
  return runtime;
}

/** Printed, not logged: a log is kept and read by others. */
function announce(env: Env, code: string): void {
  const lines = [
    '',
    '  Handover has no account yet. Create the admin account:',
    `    address        ${env.address}/first-run`,
    `    one-time code  ${code}`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
