/** A well pair, for tests alone. */
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { ClusterView, InstanceView } from '@/lib/domain/cluster/view';

export const AT = Date.UTC(2026, 10, 24, 12, 0, 0);

export function sampleInstance(slot: Slot): InstanceView {
  const active = slot === 'primary';
  return {
    slot,
    ref: { engineId: `docker-${slot}`, name: `js7-billing-${slot}` },
    url: `http://${slot}:4444`,
    role: active ? 'active' : 'fenced',
    badges: [active ? { tone: 'active', word: { key: 'badge.active' } } : { tone: 'neutral', word: { key: 'badge.fenced' } }],
    component: active ? 'operational' : 'not-running',
    nodeState: active ? 'active' : 'standby',
    connection: active ? 'established' : 'not-expected',
    alive: active ? 'yes' : 'no',
    mustNotLive: false,
    fences: active ? [] : ['backup-flag'],
    docker: { freshness: { state: 'fresh', at: AT }, engineName: `docker-${slot}` },
    controller: active
      ? { freshness: { state: 'fresh', at: AT }, controllerId: 'billing', lastEventId: 7, orderCount: 1284 }
      : { freshness: { state: 'not-expected' } },
    disk: { freshness: { state: active ? 'not-expected' : 'ageing', at: AT }, retired: [] },
    actions: [
      { kind: 'start', allowed: !active, ...(active && { note: { key: 'act.is-active' } }) },
      { kind: 'stop', allowed: active },
      { kind: 'logs', allowed: true },
    ],
  };
}

export const sampleView = (): ClusterView => ({
  id: 'billing',
  name: 'billing',
  controllerId: 'billing',
  world: 'docker',
  kind: 'standalone-pair',
  verdict: {
    tone: 'ok',
    title: { key: 'verdict.well.fenced', params: { active: 'Primary', spare: 'Secondary' } },
    why: { key: 'why.agree', params: { oldest: { as: 'ago', value: AT } } },
  },
  status: { code: 'StandalonePair', word: { key: 'status.StandalonePair' }, meaning: { key: 'status.meaning.StandalonePair' } },
  primary: sampleInstance('primary'),
  secondary: sampleInstance('secondary'),
  links: [
    { slot: 'primary', kind: 'has-journal', label: { key: 'link.has-journal' } },
    { slot: 'secondary', kind: 'fenced', label: { key: 'link.fenced' } },
  ],
  guard: { tone: 'ok', title: { key: 'guard.ok' }, detail: { key: 'guard.ok.plain' }, alarms: [] },
  oldestAt: AT,
});
