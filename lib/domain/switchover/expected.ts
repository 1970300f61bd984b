/**
 * How long the steps are expected to take, ms: from the journal's size and from what was measured (two-engines.md, architecture.md section 4;
 * Controllers under Java: product.md 3.14). Shown as "about"; nothing depends on it.
 */
import type { Plan } from './plan';
import { STEP, type StepId } from './steps';

const COPY_BYTES_PER_S = 100e6;
const HASH_BYTES_PER_S = 150e6;

const FIXED: Record<StepId, number> = {
  lock: 500,
  'copy-ahead': 1_000,
  'fence-ahead': 800,
  'shut-down': 2_000,
  'prove-stopped': 500,
  'prove-fence': 500,
  'copy-rest': 2_000,
  retire: 400,
  'move-name': 800,
  unfence: 800,
  start: 1_000,
  'prove-works': 8_000,
  'tell-joc': 5_000,
  agents: 3_000,
  report: 500,
};

/** Java keeps an address that it looked up for 30 s: so long a JOC that follows a name may go on asking the old one. */
const NAME_MS = 30_000;

export function expectedMs(step: StepId, plan: Plan): number {
  const bytes = step === 'copy-ahead' ? plan.journalBytes : 0;
  if (step === 'tell-joc' && plan.joc?.follow !== 'update') return NAME_MS;
  return FIXED[step] + (bytes / COPY_BYTES_PER_S + bytes / HASH_BYTES_PER_S) * 1000;
}
const sum = (steps: readonly StepId[], plan: Plan): number => steps.reduce((total, s) => total + expectedMs(s, plan), 0);
export const expectedRunMs = (plan: Plan): number => sum(plan.steps, plan);
export const expectedDownMs = (plan: Plan): number =>
  sum(
    plan.steps.filter((s) => STEP[s].down),
    plan,
  );
