import 'server-only';
import type { ControllerAccess } from '../../domain/cluster/cluster';
import type { ControllerFacts } from '../../domain/controller/controller';
import { type Millis, never, nextReading, type Reading } from '../../domain/reading';
import type { OpenController } from '../../ports/controller';
import { backoff, due, jitter, type Random, TIMES } from './backoff';

/** Should something be alive there? `no` = Docker says that the container does not run. */
export type Expected = 'yes' | 'no' | 'unknown';

export interface ControllerWatch {
  reading(): Reading<ControllerFacts>;
  tick(now: Millis, expected: Expected): void;
  /** Something happens there: ask at once, and often for a while. */
  hurry(): void;
  look(): Promise<void>;
  close(): void;
}
interface Deps {
  readonly openController: OpenController;
  readonly now: () => Millis;
  readonly random: Random;
  readonly onChange: () => void;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Watches one Controller with one set of connections: polls its liveness, its state less often, and follows its events, which tell when to look again. */
export function watchController(access: ControllerAccess, { openController, now, random, onChange, onFailure }: Deps): ControllerWatch {
  const client = openController(access);
  const stop = new AbortController();
  let reading: Reading<ControllerFacts> = never;
  let looking: Promise<void> | undefined;
  let nextAt = 0;
  let nextFull = 0;
  let quickUntil = 0;
  let closeUntil = 0;
  let close: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let expected: Expected = 'unknown';
  let follower: AbortController | undefined;
  let followAt = 0;
  let followFailures = 0;

  async function lookOnce(): Promise<void> {
    const at = now();
    nextAt = at + TIMES.quick;
    const full = due(at, nextFull) || at < quickUntil || reading.kind !== 'value';
    const r = await client.look({ full });
    if (stop.signal.aborted) return;
    const before = reading;
    reading = nextReading(reading, r, at);
    failures = r.ok ? 0 : failures + 1;
    if (r.ok && full) nextFull = at + TIMES.full;
    // A change was not announced (restart inside the container, events not readable): look closely for a moment.
    if ((before.kind === 'value') !== r.ok) quickUntil = Math.max(quickUntil, at + 5000);
    const wait = delay();
    nextAt = now() + wait;
    clearTimeout(close);
    if (wait < TIMES.tick) close = setTimeout(() => lookIfDue(), wait);
    onChange();
    if (r.ok) startFollowing(r.value);
  }

  function delay(): number {
    if (expected === 'no' && failures > 0)
      return jitter(
        reading.kind === 'failed' && reading.error.code === 'CONTROLLER_UNKNOWN_HOST' ? TIMES.unknownName : TIMES.probe,
        random,
      );
    if (now() < quickUntil) return settled(reading) ? TIMES.settled : now() < closeUntil ? TIMES.close : TIMES.quick;
    if (failures > 0) return Math.max(backoff(failures, random), TIMES.quick);
    return jitter(TIMES.poll, random);
  }

  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  const lookIfDue = () => {
    if (due(now(), nextAt) && !looking && !stop.signal.aborted) unwaited(look());
  };

  const unwaited = (p: Promise<unknown>): void => void p.catch((e) => onFailure('a Controller', e));

  /** Looks now; what is running may have been asked before the change, so once more after it. */
  const soon = () => {
    nextFull = 0;
    nextAt = 0;
    if (!looking) unwaited(look());
    else
      unwaited(
        looking.then(() => {
          nextAt = 0;
        }),
      );
  };

  function startFollowing(f: ControllerFacts): void {
    if (follower || f.node.kind !== 'state' || !due(now(), followAt)) return;
    const own = new AbortController();
    follower = own;
    const alive = () => {
      followFailures = 0;
    };
    const onEvent = () => {
      alive();
      quickUntil = Math.max(quickUntil, now() + 5000);
      soon();
    };
    const following = client.follow({ onEvent, onPulse: alive, signal: own.signal }).then((end) => {
      followFailures += 1;
      // Where it is refused, trying soon again would not help.
      const refused = !end.ok && end.error.code !== 'CONTROLLER_UNREACHABLE' && end.error.code !== 'CONTROLLER_TIMEOUT';
      followAt = now() + (refused ? TIMES.disk : backoff(followFailures, random));
      follower = undefined;
      if (!stop.signal.aborted && !refused) soon();
    });
    unwaited(
      following.finally(() => {
        follower = undefined;
      }),
    );
  }

  return {
    reading: () => reading,
    tick(_at, isExpected) {
      if (isExpected !== expected) {
        if (isExpected === 'yes') nextAt = 0;
        expected = isExpected;
      }
      lookIfDue();
    },
    hurry() {
      quickUntil = now() + TIMES.quickFor;
      closeUntil = now() + TIMES.closeFor;
      failures = 0;
      soon();
    },
    async look() {
      await looking;
      nextFull = 0;
      await look();
    },
    close() {
      stop.abort();
      clearTimeout(close);
      follower?.abort();
      unwaited(client.close());
    },
  };
}

/** It stands: nothing more is to come from a start. What cannot be read is not waited for. */
function settled(r: Reading<ControllerFacts>): boolean {
  if (r.kind !== 'value') return false;
  const { node, ready } = r.value;
  if (node.kind === 'login-needed' || node.kind === 'failed' || node.kind === 'not-appointed') return true;
  if (node.kind !== 'state') return false;
  const active = node.state.clusterState.type === 'Empty' ? !node.state.isBackup : node.state.clusterState.activeId === node.state.nodeId;
  return ready === true || !active;
}
