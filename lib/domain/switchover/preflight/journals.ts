/** Checks of the journal, of the target's directories and configuration, and of what hangs on the Controller. */
import type { JournalAtRest } from '../../journal/disk';
import { block, type CheckRow, pass, the, unknown, warn } from './check';
import { both, type SideFacts } from './facts';

const name = (value: string) => ({ as: 'name' as const, value });
const code = (value: string) => ({ as: 'code' as const, value });
const bytes = (value: number) => ({ as: 'bytes' as const, value });
const count = (value: number) => ({ as: 'count' as const, value });

const journal = (s: SideFacts): JournalAtRest | undefined => {
  const state = the(s.disk).state;
  return state.kind === 'journal' ? state.journal : undefined;
};

const standalone: CheckRow = {
  id: 'no-cluster',
  group: 'journal',
  rests: ['source.disk'],
  judge: (f) => {
    const state = journal(f.source)?.clusterState;
    if (!state || state.type === 'unknown') return unknown('check.cluster.unknown');
    return state.type === 'Empty' ? pass('check.cluster.empty') : block('check.cluster.nodes', { state: code(state.name) });
  },
};

const readable: CheckRow = {
  id: 'journal-readable',
  group: 'journal',
  rests: ['source.disk'],
  judge: (f) => {
    const state = the(f.source.disk).state;
    if (state.kind === 'unreadable') return block('check.journal.unreadable', { why: state.error.message });
    if (state.kind !== 'journal') return block('check.journal.none', { name: name(f.source.ref.name) });
    const j = state.journal;
    return pass('check.journal.readable', { files: count(j.files.length), size: bytes(j.totalBytes), id: code(j.journalId) });
  },
};

/** The journal that the source's API speaks of is the one in its volume. */
const sameLineage: CheckRow = {
  id: 'journal-is-live',
  group: 'journal',
  rests: ['source.disk'],
  also: ['source.controller'],
  judge: (f) => {
    const j = journal(f.source);
    const live = f.source.controller.kind === 'value' ? f.source.controller.value.journalId : undefined;
    if (!j) return unknown('check.journal.none', { name: name(f.source.ref.name) });
    if (live === undefined)
      return j.ending === 'proper'
        ? pass('check.lineage.at-rest', { id: code(j.journalId) })
        : warn('check.lineage.no-proper-end', { id: code(j.journalId) });
    return live === j.journalId
      ? pass('check.lineage.same', { id: code(live) })
      : block('check.lineage.differs', { api: code(live), volume: code(j.journalId) });
  },
};

const targetOlder: CheckRow = {
  id: 'target-not-newer',
  group: 'journal',
  rests: both('disk'),
  also: ['source.controller'],
  judge: (f) => {
    const state = the(f.target.disk).state;
    const source = journal(f.source);
    if (state.kind === 'unreadable') return block('check.target.unreadable', { why: state.error.message });
    if (state.kind !== 'journal') return pass('check.target.empty');
    if (!source) return unknown('check.journal.none', { name: name(f.source.ref.name) });
    if (state.journal.journalId !== source.journalId) return warn('check.target.other-lineage', { id: code(state.journal.journalId) });
    const live = f.source.controller.kind === 'value' ? f.source.controller.value.journal.lastEventId : source.lastEventId;
    return state.journal.lastEventId <= live
      ? pass('check.target.older')
      : block('check.target.newer', { target: code(String(state.journal.lastEventId)), source: code(String(live)) });
  },
};

const writable: CheckRow = {
  id: 'writable',
  group: 'target',
  rests: both('writable'),
  also: ['target.owner'],
  judge: (f) => {
    const bad = [f.source, f.target].find((s) => !the(s.writable).state || !the(s.writable).config);
    if (bad) return block('check.writable.no', { name: name(bad.ref.name), what: the(bad.writable).state ? 'config' : 'state' });
    const o = f.target.owner;
    return o.kind === 'value'
      ? pass('check.writable.yes', { uid: code(`${o.value.uid}:${o.value.gid}`) })
      : pass('check.writable.yes-owner-later');
  },
};

const space: CheckRow = {
  id: 'space',
  group: 'target',
  rests: both('disk'),
  also: ['source.controller'],
  judge: (f) => {
    const free = the(f.target.disk).freeBytes;
    const live =
      f.source.controller.kind === 'value' ? f.source.controller.value.journal.files.reduce((sum, file) => sum + file.position, 0) : 0;
    const needed = 2 * Math.max(live, journal(f.source)?.totalBytes ?? 0);
    if (free === undefined) return unknown('check.space.untold');
    return free >= needed
      ? pass('check.space.enough', { free: bytes(free), needed: bytes(needed) })
      : block('check.space.lacking', { free: bytes(free), needed: bytes(needed) });
  },
};

const config: CheckRow = {
  id: 'config-alike',
  group: 'target',
  rests: both('configLines', 'disk'),
  judge: (f) => {
    const odd = [f.source, f.target].find((s) => 'code' in the(s.disk).config);
    if (odd) return block('check.config.unreadable', { name: name(odd.ref.name) });
    const [a, b] = [the(f.source.configLines), the(f.target.configLines)];
    const lines = [...a.filter((l) => !b.includes(l)), ...b.filter((l) => !a.includes(l))].filter((l) => !/is-backup/.test(l));
    const nodes = [f.source, f.target].some((s) => {
      const c = the(s.disk).config;
      return !('code' in c) && c.clusterNodes !== undefined;
    });
    if (nodes) return block('check.config.nodes');
    return lines.length === 0
      ? pass('check.config.alike')
      : warn('check.config.differs', { lines: count(lines.length), first: code(lines[0] ?? '') });
  },
};

const single: CheckRow = {
  id: 'no-other-run',
  group: 'engines',
  rests: ['lock'],
  judge: (f) => {
    if (f.openRun !== undefined) return block('check.run.open', { run: f.openRun });
    const lock = the(f.lock);
    return lock === 'free'
      ? pass('check.lock.free')
      : block('check.lock.held', { run: lock.run, handover: name(lock.handover), since: { as: 'time', value: lock.since } });
  },
};

const alarms: CheckRow = {
  id: 'no-alarm',
  group: 'containers',
  rests: [],
  judge: (f) => {
    const bad = f.alarms.filter((a) => !['restart-policy', 'nobody-active', 'two-at-rest', 'joc-elsewhere'].includes(a));
    return bad.length === 0 ? pass('check.alarms.none') : block('check.alarms.some', { alarms: code(bad.join(', ')) });
  },
};

const agents: CheckRow = {
  id: 'agents',
  group: 'joc-agents',
  rests: ['agents'],
  judge: (f) => {
    const all = the(f.agents);
    if (all === 'at-rest') return warn('check.agents.at-rest');
    if (all === 'not-in-time') return warn('check.agents.not-in-time');
    if (all.length === 0) return pass('check.agents.none');
    const names = (list: typeof all) => ({ names: name(list.map((a) => a.name).join(', ')) });
    const uncoupled = all.filter((a) => !a.coupled);
    if (uncoupled.length > 0) return warn('check.agents.uncoupled', { ...names(uncoupled), agents: count(all.length) });
    const lost = all.filter((a) => a.reachable === false);
    return lost.length > 0 ? warn('check.agents.unreachable', names(lost)) : pass('check.agents.coupled', { agents: count(all.length) });
  },
};

export const JOURNAL_CHECKS: readonly CheckRow[] = [
  standalone,
  readable,
  sameLineage,
  targetOlder,
  writable,
  space,
  config,
  single,
  alarms,
  agents,
];
