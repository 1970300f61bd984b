/** Something takes a file away while it is copied: what was proved at the stop is compared with what is put in place, and the target never starts from less (I3). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent } from '../domain/switchover/events';
import type { Engine, FileEntry } from '../ports/engine';
import { createRunWorld, type Handover, type RunWorld, until } from './testing/run-world';

let w: RunWorld;
let lineage: string | undefined;
beforeEach(async () => {
  w = await createRunWorld();
  lineage = await w.live('primary');
}, 60_000);
afterEach(() => w.close(), 30_000);

const isJournal = (e: FileEntry) => e.name.endsWith('.journal');
const lacksOne = (l: readonly FileEntry[]) => l.filter((e) => e !== l.find(isJournal));
const cut = (l: readonly FileEntry[]) => l.map((e) => (e === l.find(isJournal) ? { ...e, bytes: e.bytes - 1 } : e));

/** In the step `copy-rest` the listing of `folder` number `nth` lacks something. */
function meddled(folder: RegExp, nth: number, change: (l: readonly FileEntry[]) => readonly FileEntry[]): Handover {
  let armed = false;
  let seen = 0;
  return w.open({
    runs: (real) => ({
      ...real,
      append(runId, clusterId, at, event: RunEvent) {
        armed ||= event.type === 'StepIntended' && event.step === 'copy-rest';
        return real.append(runId, clusterId, at, event);
      },
    }),
    engine: (real) => {
      const files: Engine['files'] = (name) => {
        const of = real.files(name);
        const list: typeof of.list = async (path) => {
          const listed = await of.list(path);
          if (!armed || !listed.ok || !folder.test(path) || ++seen !== nth) return listed;
          return { ok: true, value: change(listed.value) };
        };
        return new Proxy(of, { get: (o, key) => (key === 'list' ? list : bound(o, key)) });
      };
      return new Proxy(real, { get: (o, key) => (key === 'files' ? files : bound(o, key)) });
    },
  });
}
function bound(of: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(of, key, of);
  return typeof value === 'function' ? value.bind(of) : value;
}

test.each([
  ['a copied file is gone before it is proved', /incoming/, 2, lacksOne, /is missing, though it was copied/],
  ['a copied file is cut before it is proved', /incoming/, 2, cut, /has \d+ bytes, its source \d+/],
  ['the source lists a file less than at its proved stop', /state$/, 1, lacksOne, /is not the journal that was noted at its proved stop/],
] as const)(
  '%s: the run stops before anything is put in place, and continued it copies the whole',
  async (_, folder, nth, change, why) => {
    const h = meddled(folder, nth, change);
    const runId = await w.begin(h, 'primary');
    await until(() => w.state(runId).phase !== 'working', 60_000);
    expect(w.state(runId)).toMatchObject({ phase: 'asking', pointPassed: false, stopped: { step: 'copy-rest', reason: 'step-failed' } });
    expect(w.state(runId).verified).toBeUndefined();
    const failed = w.events(runId).findLast((e) => e.type === 'StepEnded');
    expect(failed).toMatchObject({ problem: { code: 'CONFLICT', message: expect.stringMatching(why), remedy: expect.any(String) } });
    expect((await h.runner.choose(runId, 'continue', { who: 'm.keller' })).ok).toBe(true);
    await until(() => w.state(runId).phase !== 'working', 60_000);
    expect(w.state(runId).result).toBe('succeeded');
    expect([await w.live('primary'), await w.live('secondary')]).toEqual([undefined, lineage]);
  },
  90_000,
);
