import 'server-only';
import type { Slot } from '../../domain/cluster/cluster';
/** A Handover in a process of its own that does one run and kills itself with -9 at a wanted moment. */
import { makePlan } from '../../usecases/switchover/make-plan';
import { openDesk, type Site } from './docker-runs';

interface Order {
  readonly site: Site;
  readonly dataDir: string;
  readonly from: Slot;
  readonly die: { readonly when: 'before' | 'after'; readonly type: string; readonly step?: string };
}
const { site, dataDir, from, die } = JSON.parse(process.argv[2] ?? '') as Order;
const desk = openDesk(site, dataDir, {
  onEvent: (when, e) => {
    if (when === die.when && e.type === die.type && (die.step === undefined || ('step' in e && e.step === die.step)))
      process.kill(process.pid, 'SIGKILL');
  },
});
const plan = await makePlan(desk.ctx, desk.cluster, from, desk.store.runs.nextId());
if (!plan.ok) throw new Error(plan.error.message);
const started = desk.runner.start(plan.value, { who: 'm.keller', reason: 'test' });
if (!started.ok) throw new Error(started.error.message);
await desk.runner.settled(started.value);
process.stdout.write(`${JSON.stringify(desk.store.runs.events(started.value).at(-1))}\n`);
process.exit(3);
