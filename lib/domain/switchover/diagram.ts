/** The step table as a document: a diagram and a table, printed from the table itself (scripts/diagram.mjs). */
import { ALL_NEEDS } from './needs';
import { POINT_OF_NO_RETURN, STEP, STEP_IDS, UNDO_ORDER } from './steps';

type Say = (key: string) => string;
const SIDES: Readonly<Record<string, string>> = { source: 'source', target: 'target' };
const id = (step: string): string => step.replaceAll('-', '_');
const lasts = (ms: number): string => (ms >= 3_600_000 ? `${ms / 3_600_000} h` : ms >= 60_000 ? `${ms / 60_000} min` : `${ms / 1000} s`);

/** `text`: a text of the catalogue, whose `{source}` and `{target}` are still open. */
export function stepsDocument(text: Say): string {
  const say: Say = (key) => text(key).replace(/\{(\w+)\}/g, (whole, name: string) => SIDES[name] ?? whole);
  const title = (step: string): string => say(`step.${step}.title`);
  const node = (step: (typeof STEP_IDS)[number], i: number): string =>
    `  ${id(step)}${STEP[step].acts ? `["${i + 1}. ${title(step)}"]` : `(["${i + 1}. ${title(step)}"])`}`;
  const chain = (steps: readonly string[]): string => steps.map(id).join(' --> ');
  const at = STEP_IDS.indexOf(POINT_OF_NO_RETURN);
  const down = STEP_IDS.filter((s) => STEP[s].down);
  return [
    '# The steps of a switch-over',
    '',
    'Printed from the step table (`lib/domain/switchover/steps.ts`) by `node scripts/diagram.mjs`. Do not edit: a test compares it.',
    '',
    '```mermaid',
    'flowchart TD',
    ...STEP_IDS.map(node),
    '  point{{"Point of no return"}}',
    `  ${chain([...STEP_IDS.slice(0, at), 'point', ...STEP_IDS.slice(at)])}`,
    '  asks[/"Asks a person: continue, undo, by hand"/]',
    '  undo["Undo, in its own order"]',
    '  asks --> undo',
    ...STEP_IDS.slice(0, at).map((s) => `  ${id(s)} -.-> asks`),
    '  classDef down fill:#f6d365,color:#222',
    `  class ${down.map(id).join(',')} down`,
    '```',
    '',
    'Rounded: only looks. Yellow: nobody works. A run asks at every step when it was interrupted, when a danger is seen, when a step fails, and when its time is up; before the point of no return it can also be undone. The step "Tell JOC Cockpit" is never asked about: where its goal is missed the run goes on and says so.',
    '',
    '| # | Step | Why | May only begin when seen | At most | Undo |',
    '|---|---|---|---|---|---|',
    ...STEP_IDS.map((s, i) => {
      const row = STEP[s];
      const needs = row.needs.map((n) => `${n.id} (${n.invariant})`).join(', ') || (row.acts ? 'nothing' : 'only looks');
      return `| ${i + 1} | ${title(s)} | ${say(`step.${s}.why`)} | ${needs} | ${lasts(row.deadlineMs)} | ${row.undo ? say(`step.${s}.undo`) : row.afterPoint ? 'a new run' : 'nothing to undo'} |`;
    }),
    '',
    `Undone in this order: ${UNDO_ORDER.map((s) => title(s)).join('; ')}. Only what was begun is taken back.`,
    '',
    '## What may have to be seen',
    '',
    ...Object.values(ALL_NEEDS).map((n) => `- **${n.id}** (${n.invariant}), for: ${usedBy(n.id)}`),
    '',
  ].join('\n');
}

function usedBy(need: string): string {
  const forward = STEP_IDS.filter((s) => STEP[s].needs.some((n) => n.id === need));
  const back = STEP_IDS.filter((s) => STEP[s].undo?.needs.some((n) => n.id === need)).map((s) => `undo of ${s}`);
  return [...forward, ...back].join(', ');
}
