/** The frozen plan: what its hash holds fast between the page and the start (I5), and where a run keeps its things. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, stateOf } from './drive.test-support';
import { asidePath, canonical, markerPath, type Plan, planCore, retiredPath, stagingPath } from './plan';

const { plan } = stateOf(begin());

describe('the core of a plan', () => {
  it('is the same for another number, another time, and what grows while the source works', () => {
    const later: Plan = {
      ...plan,
      runId: '8',
      createdAt: 9,
      journalBytes: 7,
      orderCount: 3,
      source: { ...plan.source, stateFingerprint: 'grown' },
    };
    expect(planCore(later)).toBe(planCore(plan));
  });
  it('is another one when anything else differs, each field by itself', () => {
    const others: Partial<Plan>[] = [
      { clusterId: 'x' },
      { variant: 'source-crashed' },
      { controllerId: 'x' },
      { journalId: 'x' },
      { sameEngine: true },
      { steps: plan.steps.slice(1) },
      ...(['slot', 'ref', 'containerId', 'url', 'statePath', 'beside', 'configPath', 'uid', 'gid', 'policy', 'flag'] as const).flatMap(
        (f): Partial<Plan>[] => [
          { source: { ...plan.source, [f]: f === 'uid' || f === 'gid' ? 7 : f === 'policy' ? { name: 'always' } : 'other' } },
          { target: { ...plan.target, [f]: f === 'uid' || f === 'gid' ? 7 : f === 'policy' ? { name: 'always' } : 'other' } },
        ],
      ),
      { target: { ...plan.target, stateFingerprint: 'somebody wrote there' } },
    ];
    for (const other of others) expect(planCore({ ...plan, ...other }), JSON.stringify(other).slice(0, 200)).not.toBe(planCore(plan));
  });
  it('does not depend on the order of keys, and tells all values apart', () => {
    const shuffled = (v: unknown): unknown =>
      Array.isArray(v)
        ? v.map(shuffled)
        : v && typeof v === 'object'
          ? Object.fromEntries(
              Object.entries(v)
                .reverse()
                .map(([k, x]) => [k, shuffled(x)]),
            )
          : v;
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(canonical(shuffled(a))).toBe(canonical(a));
        const text = (v: unknown) => JSON.stringify(JSON.parse(canonical(v)));
        expect(text(a) === text(b)).toBe(canonical(a) === canonical(b));
        expect(JSON.parse(canonical(a))).toEqual(JSON.parse(JSON.stringify(a)));
      }),
      { numRuns: 300 },
    );
  });
});

it('a run keeps its things beside the journal, each under its own number', () => {
  expect([stagingPath(plan), asidePath(plan), retiredPath(plan), markerPath(plan)]).toEqual([
    '/data/state.incoming-7',
    '/data/state.aside-7',
    '/data/state.retired-7',
    '/data/state.retired-7.json',
  ]);
});
