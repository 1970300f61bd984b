/** The plan as a Markdown document, complete enough that a person can finish by hand. Pure: words come ready from the catalogue. */
import { commandsOf } from './commands';
import { names } from './compare';
import { expectedMs } from './expected';
import type { Plan } from './plan';
import { POINT_OF_NO_RETURN, STEP } from './steps';

export interface Wording {
  /** Renders a message of the catalogue as plain text. */
  say(m: { key: string; params?: Record<string, string | number> }): string;
  time(at: number): string;
}
export interface Images {
  readonly source: string;
  readonly target: string;
}

export function planDocument(plan: Plan, hash: string, images: Images, w: Wording): string {
  const who = names({ plan });
  const lines = [
    `# Switch-over of ${plan.clusterId}: from ${plan.source.ref.name} to ${plan.target.ref.name}`,
    '',
    `Made ${w.time(plan.createdAt)}. Plan ${hash.slice(0, 8)}. Controller ID \`${plan.controllerId}\`, journalId \`${plan.journalId}\`.`,
    '',
    `- ${who.source}: \`${plan.source.ref.name}\` on engine ${plan.source.ref.engineId}, ${plan.source.url}`,
    `- ${who.target}: \`${plan.target.ref.name}\` on engine ${plan.target.ref.engineId}, ${plan.target.url}`,
    '',
    'Exactly one Controller may live. Do not go past step "copy the rest" before the hashes are equal, and never start both. Point `docker` at the engine that each comment names.',
    '',
  ];
  for (const [i, step] of plan.steps.entries()) {
    const row = STEP[step];
    if (step === POINT_OF_NO_RETURN)
      lines.push(
        '---',
        '',
        '**Point of no return.** Up to here everything can be taken back. From here on, going back is a new switch-over.',
        '',
        '---',
        '',
      );
    lines.push(
      `## ${i + 1}. ${w.say({ key: `step.${step}.title`, params: who })}`,
      '',
      w.say({ key: `step.${step}.why`, params: who }),
      '',
    );
    lines.push(
      `About ${Math.max(1, Math.round(expectedMs(step, plan) / 1000))} s${row.down ? '; nobody works meanwhile' : ''}.${row.undo ? ` Undo: ${w.say({ key: `step.${step}.undo`, params: who })}` : ''}`,
      '',
    );
    lines.push('```sh', ...commandsOf(step, plan, images), '```', '');
  }
  return lines.join('\n');
}
