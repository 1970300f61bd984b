import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../domain/switchover/events';
import type { Store } from '../../ports/store';
import { openStore } from './open';

let dir: string;
let store: Store;
const open = (): Store => openStore({ dataDir: dir, keyFile: join(dir, 'key') }).store;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'runs-'));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});
const stopped: RunEvent = { at: 5, type: 'RunInterrupted' };

describe('the run log', () => {
  it('appends at the end only: who decided on an older log is told', () => {
    expect(store.runs.append('1', 'demo', 0, stopped).ok).toBe(true);
    const late = store.runs.append('1', 'demo', 0, stopped);
    expect(late).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: 'Run 1 has gone on elsewhere.' } });
    expect(store.runs.append('1', 'demo', 2, stopped).ok).toBe(false);
    expect(store.runs.events('1')).toEqual([stopped]);
  });
  it('numbers runs and keeps them over a restart', () => {
    expect([store.runs.nextId(), store.runs.nextId()]).toEqual(['1', '2']);
    store.runs.append('2', 'demo', 0, stopped);
    store.close();
    store = open();
    expect(store.runs.nextId()).toBe('3');
    expect(store.runs.list({ clusterId: 'demo' })).toEqual([{ runId: '2', clusterId: 'demo', startedAt: 5, open: true }]);
    expect(store.runs.list({ clusterId: 'other' })).toEqual([]);
    store.runs.append('2', 'demo', 1, { at: 6, type: 'RunEnded', result: 'undone' });
    expect(store.runs.list()[0]?.open).toBe(false);
  });
});

describe('the audit log', () => {
  it('is found by any of its words, newest first, page by page', () => {
    for (const who of ['anna', 'ben', 'anna'])
      store.audit.append({ at: 1, who, what: 'run-started', clusterId: 'demo', reason: 'Kernel update', result: 'ok' });
    expect(store.audit.search({ text: 'ANNA', limit: 9 }).map((e) => e.id)).toEqual([3, 1]);
    expect(store.audit.search({ text: 'kernel', limit: 1, before: 3 }).map((e) => e.id)).toEqual([2]);
    expect(store.audit.search({ clusterId: 'other', limit: 9 })).toEqual([]);
  });
});
