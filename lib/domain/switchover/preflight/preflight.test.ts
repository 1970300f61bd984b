/** Every pre-flight check, row by row: pass, warn, block, unknown, each with the English that the admin reads. */
import { describe, expect, it } from 'vitest';
import { problem } from '../../errors';
import { never, type Reading } from '../../reading';
import { en } from '../../text/en';
import { plainText } from '../../text/format';
import { assertMessages } from '../../text/messages.test-support';
import { type CheckResult, GROUPS, runCheck, type Verdict } from './check';
import type { PreflightFacts } from './facts';
import {
  agent,
  broken,
  type Change,
  disk,
  engine,
  FACTS,
  facts,
  failed,
  holds,
  live,
  NOW,
  p,
  read,
  resting,
  s,
  stopped,
} from './facts.test-support';
import { CHECKS, preflight } from './preflight';

/** check, verdict, what is changed from a healthy pair, the text. */
const TABLE: readonly (readonly [id: string, verdict: Verdict, change: Change, text: string])[] = [
  ['engine-source', 'pass', {}, 'docker-a answers, version 27.3.'],
  ['engine-target', 'pass', {}, 'docker-b answers, version 27.3.'],
  ['clocks', 'pass', {}, '0.5 s apart, at most 2 s.'],
  ['clocks', 'warn', { target: { engine: read(engine(-2_500)) } }, '2.5 s apart, more than 2 s.'],
  ['clocks', 'warn', { source: { engine: read(engine()) } }, 'An engine does not tell its clock.'],
  ['containers-survive', 'pass', {}, 'Neither was made with --rm.'],
  ['containers-survive', 'block', { target: { container: read('absent') } }, 'docker-b has no container js7-s.'],
  [
    'containers-survive',
    'block',
    { source: { container: p({ autoRemove: true }) } },
    'js7-p was made with --rm and vanishes when it stops.',
  ],
  ['same-image', 'pass', {}, 'sha256:aaaaaaaaaaaa… on both.'],
  [
    'same-image',
    'warn',
    { target: { container: s({ image: { ref: 'js7:controller-2-8-0', digest: 'sha256:b' } }) } },
    'sosberlin/js7:controller-2-7-3 and js7:controller-2-8-0 are different images.',
  ],
  ['same-image', 'unknown', { target: { container: read('absent') } }, 'A container is missing.'],
  ['roles', 'pass', {}, 'Active and ready; the other one is stopped.'],
  ['roles', 'pass', { target: { container: s({ state: 'created' }) } }, 'Active and ready; the other one is stopped.'],
  [
    'roles',
    'warn',
    { source: { container: stopped, controller: never } },
    'js7-p does not run: its journal is moved as its last end left it.',
  ],
  ['roles', 'block', { target: { container: s({ state: 'running' }) } }, 'js7-s is running; it has to be stopped.'],
  ['roles', 'block', { target: { container: s({ state: 'paused' }) } }, 'js7-s is paused; it has to be stopped.'],
  ['roles', 'block', { target: { container: s({ state: 'unknown' }) } }, 'js7-s is unknown; it has to be stopped.'],
  ['roles', 'block', { source: { controller: read(live({ ready: false })) } }, 'js7-p runs, but is not active and ready.'],
  ['roles', 'block', { source: { controller: read(live({ node: { kind: 'not-ready' } })) } }, 'js7-p runs, but is not active and ready.'],
  ['roles', 'block', { source: { controller: read(live({ node: { kind: 'waiting' } })) } }, 'js7-p runs, but is not active and ready.'],
  ['roles', 'unknown', { source: { controller: failed() } }, 'js7-p runs, but its API does not answer.'],
  [
    'roles',
    'unknown',
    { source: { controller: read(live({ node: { kind: 'login-needed' } })) } },
    'js7-p wants a login to tell whether it is ready; give an account in the cluster’s settings.',
  ],
  ['roles', 'unknown', { source: { controller: read(live({ ready: 'unknown' })) } }, 'Whether it is ready could not be asked.'],
  ['roles', 'unknown', { target: { container: read('absent') } }, 'A container is missing.'],
  ['controller-id', 'pass', {}, 'demo on both.'],
  ['controller-id', 'warn', { target: { container: s({ env: {} }) } }, 'A container does not name its ID in RUN_JS_ID.'],
  ['controller-id', 'block', { target: { container: s({ env: { RUN_JS_ID: 'other' } }) } }, 'demo and other.'],
  ['restart-policy', 'pass', {}, 'It is unless-stopped, and becomes no in step 3.'],
  ['restart-policy', 'pass', { source: { container: p({ restartPolicy: { name: 'no' } }) } }, 'It is no.'],
  ['restart-policy', 'unknown', { source: { container: read('absent') } }, 'A container is missing.'],
  ['other-starters', 'pass', {}, 'No labels of compose or of an updater.'],
  [
    'other-starters',
    'warn',
    { source: { container: p({ labels: { 'com.docker.compose.project': 'js7', 'com.docker.compose.service': 'controller' } }) } },
    'Compose project js7, service controller.',
  ],
  [
    'other-starters',
    'warn',
    { source: { container: p({ labels: { 'com.centurylinklabs.watchtower.enable': 'true' } }) } },
    'Label com.centurylinklabs.watchtower.enable.',
  ],
  ['other-starters', 'unknown', { source: { container: read('absent') } }, 'A container is missing.'],
  ['target-ports', 'pass', {}, 'No running container publishes them.'],
  ['target-ports', 'block', { target: { portsTaken: read(['4444 (nginx)']) } }, 'Taken: 4444 (nginx).'],
  ['networks', 'pass', {}, 'The standby is in all networks of the active one.'],
  ['networks', 'warn', { target: { container: s({ networks: [] }) } }, 'The standby is not in js7.'],
  ['no-cluster', 'pass', {}, 'Cluster state Empty.'],
  [
    'no-cluster',
    'block',
    { source: { disk: read(disk(holds({ clusterState: { type: 'Coupled', name: 'Coupled' } }))) } },
    'Cluster state Coupled.',
  ],
  [
    'no-cluster',
    'unknown',
    { source: { disk: read(disk(holds({ clusterState: { type: 'unknown', name: 'Novel' } }))) } },
    'The cluster state could not be read from the journal.',
  ],
  [
    'no-cluster',
    'unknown',
    { source: { disk: read(disk({ kind: 'empty', path: '/s' })) } },
    'The cluster state could not be read from the journal.',
  ],
  ['journal-readable', 'pass', {}, '1 files, 1.00 MB, journalId ours.'],
  [
    'journal-readable',
    'block',
    { source: { disk: read(disk({ kind: 'unreadable', path: '/s', error: problem('JOURNAL_BROKEN', 'Its first line is no header.') })) } },
    'Its first line is no header.',
  ],
  [
    'journal-readable',
    'block',
    { source: { disk: read(disk({ kind: 'empty', path: '/s' })) } },
    'There is no journal in the state directory of js7-p.',
  ],
  ['journal-is-live', 'pass', {}, 'journalId ours in both.'],
  ['journal-is-live', 'pass', { source: resting({ ending: 'proper' }) }, 'Not running; properly ended, journalId ours.'],
  [
    'journal-is-live',
    'warn',
    { source: resting({ ending: 'open' }) },
    'Not running, and without a proper end (journalId ours): what was not on disk when it ended is lost.',
  ],
  [
    'journal-is-live',
    'warn',
    { source: resting({ ending: 'failed-start' }) },
    'Not running, and without a proper end (journalId ours): what was not on disk when it ended is lost.',
  ],
  [
    'journal-is-live',
    'block',
    { source: { controller: read(live({ journalId: 'stray' })) } },
    'The API says stray, the volume holds ours.',
  ],
  [
    'journal-is-live',
    'unknown',
    { source: { disk: read(disk({ kind: 'absent' })) } },
    'There is no journal in the state directory of js7-p.',
  ],
  ['target-not-newer', 'pass', {}, 'Its state directory is empty.'],
  [
    'target-not-newer',
    'pass',
    { target: { disk: read(disk(holds({ lastEventId: 90 }))) } },
    'It holds an older point of the same lineage; it is moved aside.',
  ],
  // What the living one has written since its volume was read counts.
  [
    'target-not-newer',
    'pass',
    { target: { disk: read(disk(holds({ lastEventId: 105 }))) } },
    'It holds an older point of the same lineage; it is moved aside.',
  ],
  [
    'target-not-newer',
    'warn',
    { target: { disk: read(disk(holds({ journalId: 'other', lastEventId: 999 }))) } },
    'It holds another lineage, other; it is moved aside.',
  ],
  ['target-not-newer', 'block', { target: { disk: read(disk(holds({ lastEventId: 111 }))) } }, 'It is newer: event 111 against 110.'],
  [
    'target-not-newer',
    'block',
    { target: { disk: read(disk({ kind: 'unreadable', path: '/s', error: problem('JOURNAL_BROKEN', 'Torn in the middle.') })) } },
    'Torn in the middle.',
  ],
  [
    'target-not-newer',
    'unknown',
    { source: { disk: read(disk({ kind: 'empty', path: '/s' })) }, target: { disk: read(disk(holds())) } },
    'There is no journal in the state directory of js7-p.',
  ],
  ['writable', 'pass', {}, 'Written and removed again on both; owner 1001:0.'],
  ['writable', 'pass', { target: { owner: never } }, 'Written and removed again on both.'],
  ['writable', 'block', { target: { writable: read({ state: false, config: true }) } }, 'The state directory of js7-s cannot be written.'],
  ['writable', 'block', { source: { writable: read({ state: true, config: false }) } }, 'The config directory of js7-p cannot be written.'],
  ['space', 'pass', {}, '50.0 MB free, 2.00 MB needed.'],
  [
    'space',
    'block',
    { target: { disk: read(disk({ kind: 'empty', path: '/s' }, { freeBytes: 1_999_999 })) } },
    '2.00 MB free, 2.00 MB needed.',
  ],
  [
    'space',
    'block',
    {
      source: {
        controller: read(live({ journal: { lastEventId: 1, tornEventId: 0, files: [{ fileEventId: 0, position: 30_000_000 }] } })),
      },
    },
    '50.0 MB free, 60.0 MB needed.',
  ],
  [
    'space',
    'unknown',
    {
      target: {
        disk: read({ state: { kind: 'empty', path: '/s' }, config: { path: '/c', isBackup: false, publicAccess: true }, retired: [] }),
      },
    },
    'The free space could not be read.',
  ],
  ['config-alike', 'pass', {}, 'Alike, but for the backup flag.'],
  [
    'config-alike',
    'pass',
    { target: { configLines: read(['a = 1', 'js7.journal.cluster.node.is-backup = yes']) } },
    'Alike, but for the backup flag.',
  ],
  ['config-alike', 'warn', { target: { configLines: read(['a = 2']) } }, '2 lines differ, the first: a = 1'],
  [
    'config-alike',
    'block',
    { target: { disk: read(disk({ kind: 'empty', path: '/s' }, { config: broken })) } },
    'controller.conf of js7-s could not be read.',
  ],
  [
    'config-alike',
    'block',
    {
      source: {
        disk: read(disk(holds(), { config: { path: '/c', isBackup: false, publicAccess: true, clusterNodes: { Primary: 'http://p' } } })),
      },
    },
    'js7.journal.cluster.nodes is set: without a licence the Controller would not start again.',
  ],
  ['no-other-run', 'pass', {}, 'The lock is free on both engines.'],
  ['no-other-run', 'block', { all: { openRun: '6' } }, 'Run 6 has no end yet.'],
  [
    'no-other-run',
    'block',
    { all: { lock: read({ run: '3', handover: 'other-host', since: NOW, tokens: ['t'] }) } },
    'The lock is held by run 3 of other-host, since 00:16:40.',
  ],
  ['no-alarm', 'pass', {}, 'None.'],
  ['no-alarm', 'pass', { all: { alarms: ['restart-policy', 'nobody-active', 'two-at-rest'] } }, 'None.'],
  ['no-alarm', 'block', { all: { alarms: ['nobody-active', 'two-alive', 'third-copy'] } }, 'two-alive, third-copy'],
  ['agents', 'pass', {}, 'The Controller has no Agents.'],
  [
    'agents',
    'pass',
    { all: { agents: read([agent('a', 'unknown'), agent('b', 'unknown')]) } },
    'Agents, all coupled: 2. Whether the standby reaches them shows when it works.',
  ],
  ['agents', 'warn', { all: { agents: read([agent('a', true), agent('b', false)]) } }, 'Not reachable: b.'],
  [
    'agents',
    'warn',
    { all: { agents: read([agent('a', 'unknown'), { ...agent('b', 'unknown'), coupled: false }]) } },
    'Not coupled now: b (of 2). The run does not wait for these.',
  ],
  [
    'agents',
    'warn',
    { all: { agents: read('at-rest') } },
    'It does not run, so nobody tells its Agents. Look in JOC Cockpit after the run.',
  ],
  [
    'agents',
    'warn',
    { all: { agents: read('not-in-time') } },
    'The Controller’s state is too big to be read in time: its Agents are not known. Look in JOC Cockpit.',
  ],
  ['joc', 'pass', {}, 'It answers.'],
  ['joc', 'warn', { all: { joc: read('none') } }, 'Handover is connected to no JOC Cockpit: it cannot tell it.'],
];
const rowOf = (id: string) => {
  const row = CHECKS.find((c) => c.id === id);
  if (!row) throw new Error(`There is no check ${id}`);
  return row;
};
const words = (c: CheckResult): string => plainText(c.measured, en, { now: NOW, zone: 'UTC' }).replace(/[\u00a0\u202f]/g, ' ');

describe('each check', () => {
  it.each(TABLE)('%s: %s', (id, verdict, change, text) => {
    const result = runCheck(rowOf(id), facts(change));
    expect([result.verdict, words(result)]).toEqual([verdict, text]);
    assertMessages(result);
    expect(result.group).toBe(rowOf(id).group);
  });
  it('has a passing row here, and every verdict that its texts allow', () => {
    for (const { id } of CHECKS)
      expect(
        TABLE.some(([of, verdict]) => of === id && verdict === 'pass'),
        id,
      ).toBe(true);
    const shown = new Set(TABLE.map(([id, , change]) => runCheck(rowOf(id), facts(change)).measured.key));
    const texts = Object.keys(en).filter(
      (k) => /^check\.[\w-]+\.[\w-]+$/.test(k) && !/\.(title|why|fix)$/.test(k) && !k.startsWith('check.measured.'),
    );
    expect(texts.filter((k) => !shown.has(k))).toEqual([]);
  });
  it('has a title, a why and a way to put it right', () => {
    for (const { id } of CHECKS)
      for (const part of ['title', 'why', 'fix']) expect(en[`check.${id}.${part}`], `${id} ${part}`).toMatch(/\w/);
  });
});

describe('what could not be measured', () => {
  /** Each reading of the facts, spoilt. */
  const spoil = (f: PreflightFacts, with_: Reading<never>): readonly (readonly [string, PreflightFacts])[] => {
    const side = (which: 'source' | 'target') =>
      (['engine', 'container', 'controller', 'disk', 'configLines', 'writable', 'portsTaken'] as const).map(
        (r) => [`${which} ${r}`, { ...f, [which]: { ...f[which], [r]: with_ } }] as const,
      );
    return [...side('source'), ...side('target'), ...(['lock', 'agents', 'joc'] as const).map((r) => [r, { ...f, [r]: with_ }] as const)];
  };
  it.each([
    ['failed', failed('No route to host.'), 'Could not be measured: No route to host.'],
    ['never', never, 'Not measured yet.'],
  ] as const)('%s: every check that rests on it is unknown, and blocks', (_, reading, text) => {
    let seen = 0;
    for (const row of CHECKS) {
      for (const [what, f] of spoil(FACTS, reading)) {
        if (!row.rests(f).includes(reading)) continue;
        seen++;
        const result = runCheck(row, f);
        expect([result.verdict, words(result)], `${row.id} without ${what}`).toEqual(['unknown', text]);
      }
    }
    expect(seen).toBeGreaterThan(25);
  });
  it('no check reads what it does not rest on, whatever is missing', () => {
    for (const reading of [failed(), never])
      for (const [what, f] of spoil(FACTS, reading))
        for (const row of CHECKS) expect(() => runCheck(row, f), `${row.id} without ${what}`).not.toThrow();
  });
  it('each spoilt reading keeps the whole from being ready, but for the Controller of the one that rests', () => {
    for (const reading of [failed(), never]) {
      for (const [what, f] of spoil(FACTS, reading))
        if (!['target controller', 'source portsTaken'].includes(what)) expect(preflight(f).ready, what).toBe(false);
    }
  });
});

describe('the whole', () => {
  it('is ready when all pass, and counts', () => {
    expect(preflight(FACTS)).toMatchObject({ ready: true, counts: { pass: CHECKS.length, warn: 0, block: 0, unknown: 0 } });
  });
  it('is ready with warnings, and not with a block or with anything unknown', () => {
    expect(preflight(facts({ all: { joc: read('none') } }))).toMatchObject({ ready: true, counts: { warn: 1 } });
    expect(preflight(facts({ all: { openRun: '6' } })).ready).toBe(false);
    expect(preflight(facts({ all: { joc: failed() } })).ready).toBe(false);
  });
  it('stands in the order of its groups, with unique ids', () => {
    const groups = CHECKS.map((c) => GROUPS.indexOf(c.group));
    expect(groups).toEqual([...groups].sort((a, b) => a - b));
    expect(new Set(CHECKS.map((c) => c.id)).size).toBe(CHECKS.length);
  });
  it('says of each check when its oldest fact was read', () => {
    const f = facts({ target: { engine: read(engine(0), NOW - 7_000) } });
    expect(runCheck(rowOf('clocks'), f).at).toBe(NOW - 7_000);
    expect(runCheck(rowOf('no-alarm'), f).at).toBeUndefined();
  });
});
