/** docs/switch-over-steps.md is what the step table prints. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { stepsDocument } from './diagram';
import { ALL_NEEDS } from './needs';
import { STEP_IDS } from './steps';

const printed = stepsDocument((key) => en[key] ?? key);

describe('docs/switch-over-steps.md', () => {
  it('is up to date', () => {
    const file = join(resolve(import.meta.dirname, '../../..'), 'docs/switch-over-steps.md');
    expect(readFileSync(file, 'utf8'), 'print it anew: node scripts/diagram.mjs').toBe(printed);
  });
  it('has every step in diagram and table, every need, and no text left open', () => {
    for (const [i, step] of STEP_IDS.entries()) {
      expect(printed).toMatch(new RegExp(`^ {2}${step.replaceAll('-', '_')}\\(?\\["${i + 1}\\. `, 'm'));
      expect(printed).toMatch(new RegExp(`^\\| ${i + 1} \\| (?:[^|]+\\|){5}$`, 'm'));
    }
    for (const { id } of Object.values(ALL_NEEDS)) expect(printed).toMatch(new RegExp(`\\*\\*${id}\\*\\* \\(I\\d\\), for: \\w`));
    expect(printed).not.toMatch(/\{(source|target)\}|step\.\w|undefined/);
  });
});
