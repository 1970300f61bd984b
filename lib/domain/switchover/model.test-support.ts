/**
 * A model of the world for the exhaustive test: both instances, journals, flags, policies, locks. Effects are sequences of small
 * indivisible acts, between any two of which Handover may die. A journal is a number (its version) that grows while an instance works with it.
 */
import type { Plan } from './plan';
import type { StepId } from './steps';
import type { SideWorld, StateWorld, World } from './world';

export interface Dir {
  /** 0 = another, older lineage; otherwise the version of ours. */
  readonly version: number;
  readonly proper: boolean;
  readonly whole: boolean;
}
export interface Side {
  readonly running: 'no' | 'active' | 'idle' | 'stray';
  readonly policy: 'no' | 'unless-stopped' | 'always';
  readonly flag: boolean;
  readonly state: Dir | null;
  readonly staging: Dir | null;
  readonly retired: Dir | null;
  readonly aside: Dir | null;
  readonly marker: boolean;
  readonly lock: 'free' | 'ours' | 'theirs';
  readonly visible: boolean;
  /** Carries the stable name. */
  readonly name: boolean;
}
export interface Model {
  readonly source: Side;
  readonly target: Side;
  /** Newest version that any Controller of the lineage has written. */
  readonly newest: number;
  /** The copy that `copy-rest` hashed equal, as a version; the observer compares it with what lies there now. */
  readonly hashed: number;
  /** JOC Cockpit: none follows, it answers, or it is down. Which one it follows: the one that has the name, or (without a name) the one that it was told. */
  readonly joc: 'none' | 'up' | 'down';
  readonly told: 'source' | 'target';
  readonly byName: boolean;
}
type Which = 'source' | 'target';
export type Act = (m: Model) => Model;

const set = (m: Model, which: Which, change: Partial<Side>): Model => ({ ...m, [which]: { ...m[which], ...change } });

/** The start rules of a Controller (controller-api.md 7.1): flag and journal decide. */
export function started(m: Model, which: Which): Model {
  const side = m[which];
  if (side.running !== 'no') return m;
  if (side.flag) return side.state === null ? set(m, which, { running: 'idle' }) : m;
  if (side.state === null) return set(m, which, { running: 'stray', state: { version: 0, proper: false, whole: true } });
  if (side.state.version === 0) return set(m, which, { running: 'stray' });
  const version = m.newest + 1;
  return { ...set(m, which, { running: 'active', state: { ...side.state, version, proper: false } }), newest: version };
}
export function stopped(m: Model, which: Which, proper = true): Model {
  const side = m[which];
  if (side.running === 'no') return m;
  return set(m, which, { running: 'no', ...(side.state && side.running !== 'idle' && { state: { ...side.state, proper } }) });
}

/** What Handover does in a step, as indivisible acts; each looks before it acts. */
export function acts(step: StepId, way: 'do' | 'undo', plan: Plan): readonly Act[] {
  const key = `${way} ${step}`;
  const table: Record<string, readonly Act[]> = {
    'do lock': [
      (m) => (m.source.lock === 'free' ? set(m, 'source', { lock: 'ours' }) : m),
      (m) => (m.target.lock === 'free' ? set(m, 'target', { lock: 'ours' }) : m),
    ],
    'do copy-ahead': [(m) => set(m, 'target', { staging: { version: m.source.state?.version ?? 0, proper: false, whole: false } })],
    'do fence-ahead': [(m) => set(m, 'source', { policy: 'no' }), (m) => set(m, 'source', { flag: true })],
    'do shut-down': [(m) => stopped(m, 'source')],
    'do prove-fence': [(m) => set(m, 'source', { marker: true })],
    'do copy-rest': [
      (m) =>
        m.target.state !== null && m.hashed > 0 && m.target.state.version === m.hashed
          ? m
          : { ...set(m, 'target', { staging: m.source.state && { ...m.source.state } }), hashed: m.source.state?.version ?? 0 },
      (m) =>
        m.target.staging?.whole && m.target.state !== null && m.target.aside === null
          ? set(m, 'target', { aside: m.target.state, state: null })
          : m,
      (m) => (m.target.staging?.whole && m.target.state === null ? set(m, 'target', { state: m.target.staging, staging: null }) : m),
    ],
    'do retire': [
      (m) => (m.source.state !== null && m.source.retired === null ? set(m, 'source', { retired: m.source.state, state: null }) : m),
    ],
    // Who loses it comes first; each looks whether its container rests, as the real effect does it.
    'do move-name': plan.joc?.move
      ? [
          (m) => (m.source.running === 'no' ? set(m, 'source', { name: false }) : m),
          (m) => (m.target.running === 'no' && !m.source.name ? set(m, 'target', { name: true }) : m),
        ]
      : [],
    'do tell-joc': [(m) => (m.joc === 'up' ? { ...m, told: 'target' } : m)],
    'do unfence': [
      (m) => set(m, 'target', { flag: false }),
      (m) => set(m, 'target', { policy: plan.source.policy.name as Side['policy'] }),
    ],
    // The last look before the act, as the real effect does it.
    'do start': [(m) => (m.source.running === 'no' && m.target.state?.version === m.hashed ? started(m, 'target') : m)],
    'do report': [
      (m) => set(m, 'target', { lock: m.target.lock === 'ours' ? 'free' : m.target.lock }),
      (m) => set(m, 'source', { lock: m.source.lock === 'ours' ? 'free' : m.source.lock }),
    ],
    'undo unfence': [
      (m) => set(m, 'target', { policy: plan.target.policy.name as Side['policy'] }),
      (m) => set(m, 'target', { flag: plan.target.flag === 'on' }),
    ],
    'undo move-name': plan.joc?.move
      ? [
          (m) => (m.target.running === 'no' ? set(m, 'target', { name: false }) : m),
          (m) => (m.source.running === 'no' && !m.target.name ? set(m, 'source', { name: true }) : m),
        ]
      : [],
    'undo retire': [
      (m) => (m.source.retired !== null && m.source.state === null ? set(m, 'source', { state: m.source.retired, retired: null }) : m),
    ],
    'undo copy-rest': [
      (m) =>
        m.target.state !== null && m.hashed > 0 && m.target.state.version === m.hashed
          ? set(m, 'target', { staging: m.target.state, state: null })
          : m,
      (m) => (m.target.aside !== null && m.target.state === null ? set(m, 'target', { state: m.target.aside, aside: null }) : m),
    ],
    'undo prove-fence': [(m) => set(m, 'source', { marker: false })],
    'undo fence-ahead': [
      (m) => set(m, 'source', { flag: plan.source.flag === 'on' }),
      (m) => set(m, 'source', { policy: plan.source.policy.name as Side['policy'] }),
    ],
    'undo shut-down': [(m) => (m.target.running === 'no' ? started(m, 'source') : m)],
    'undo copy-ahead': [(m) => set(m, 'target', { staging: null })],
    'undo lock': [
      (m) => set(m, 'target', { lock: m.target.lock === 'ours' ? 'free' : m.target.lock }),
      (m) => set(m, 'source', { lock: m.source.lock === 'ours' ? 'free' : m.source.lock }),
    ],
  };
  return table[key] ?? [];
}

/** One thing that somebody does behind our back. */
export const MEDDLING: Readonly<Record<string, Act>> = {
  'start the source': (m) => started(m, 'source'),
  'start the target': (m) => started(m, 'target'),
  'stop the source': (m) => stopped(m, 'source'),
  'stop the target': (m) => stopped(m, 'target'),
  'kill the source': (m) => stopped(m, 'source', false),
  'kill the target': (m) => stopped(m, 'target', false),
  'take the flag off the source': (m) => set(m, 'source', { flag: false }),
  'set the source to restart always': (m) => set(m, 'source', { policy: 'always' }),
  'remove the lock': (m) => set(m, 'source', { lock: 'free' }),
  'restart both engines': (m) => {
    const rest = (['source', 'target'] as const).reduce((n, w) => stopped(n, w, false), m);
    const revives = (w: Which): boolean => m[w].policy === 'always' || (m[w].policy === 'unless-stopped' && m[w].running !== 'no');
    return (['source', 'target'] as const).reduce((n, w) => (revives(w) ? started(n, w) : n), rest);
  },
};

const LINEAGE = 'ours';
export function observe(m: Model): World {
  const locks = [m.source, m.target].map((s) => (s.visible ? s.lock : 'unknown'));
  const lock = locks.includes('unknown')
    ? 'unknown'
    : locks.includes('theirs')
      ? 'theirs'
      : locks.every((l) => l === 'ours')
        ? 'ours'
        : locks.every((l) => l === 'free')
          ? 'free'
          : 'partly';
  return { lock, source: sideWorld(m, 'source'), target: sideWorld(m, 'target'), joc: jocOf(m), agents: 'none' };
}
function jocOf(m: Model): World['joc'] {
  if (m.joc === 'none') return 'none';
  if (m.joc === 'down' || m.source.running !== 'no') return 'unknown';
  const at = m.byName ? (m.target.name && !m.source.name ? 'target' : 'source') : m.told;
  return at === 'target' && m.target.running === 'active' ? 'follows' : 'elsewhere';
}
const fingerprintOf = (d: Dir): string => `v${d.version}${d.proper ? 'p' : ''}${d.whole ? '' : '!'}`;
function sideWorld(m: Model, which: Which): SideWorld {
  const s = m[which];
  if (!s.visible)
    return {
      running: 'unknown',
      api: 'unknown',
      policy: 'unknown',
      flag: 'unknown',
      state: { kind: 'unknown' },
      staging: 'unknown',
      retired: 'unknown',
      aside: 'unknown',
      marker: 'unknown',
    };
  const state: StateWorld =
    s.state === null
      ? { kind: 'empty' }
      : {
          kind: 'journal',
          journalId: s.state.version > 0 ? LINEAGE : 'other',
          lastEventId: s.state.version,
          ending: s.state.proper ? 'proper' : 'open',
          fingerprint: fingerprintOf(s.state),
          verified: which === 'target' && m.hashed > 0 && s.state.version === m.hashed && s.state.whole,
        };
  const works = s.running === 'active' || s.running === 'stray';
  return {
    running: s.running === 'no' ? 'no' : 'yes',
    api: s.running === 'no' ? 'silent' : 'answers',
    policy: s.policy,
    flag: s.flag ? 'on' : 'off',
    state,
    ...(works && {
      live: {
        controllerId: 'demo',
        journalId: s.running === 'active' ? LINEAGE : 'other',
        lastEventId: s.state?.version ?? 0,
        active: 'yes' as const,
        ready: 'yes' as const,
      },
    }),
    staging: s.staging ? 'partial' : 'absent',
    retired: s.retired ? 'yes' : 'no',
    aside: s.aside ? 'yes' : 'no',
    marker: s.marker ? 'yes' : 'no',
    name: s.name ? 'yes' : 'no',
  };
}

export { fingerprintOf };
