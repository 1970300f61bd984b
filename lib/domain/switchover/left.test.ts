/** A step whose goal may be missed: the run goes on, and says what is left to do. */
import { describe, expect, it } from 'vitest';
import { choose, drive, intended, last, plus, stateOf } from './drive.test-support';
import { left } from './state';
import { STEP, STEP_IDS } from './steps';

describe('what may be left', () => {
  it('is JOC Cockpit alone: nobody’s work depends on it', () => {
    expect(STEP_IDS.filter((id) => STEP[id].mayBeLeft)).toEqual(['tell-joc']);
    expect(STEP['tell-joc'].afterPoint).toBe(true);
  });
  it('the run succeeds without it and says so; where it is continued after a stop it is tried again', () => {
    const failed = plus(intended('tell-joc'), { at: 1, type: 'StepEnded', step: 'tell-joc', way: 'do', outcome: 'failed', evidence: [] });
    const ended = stateOf(last(drive(failed)));
    expect([ended.result, left(ended)]).toEqual(['succeeded', ['tell-joc']]);
    const stopped = plus(failed, { at: 2, type: 'RunStopped', reason: 'not-reached', step: 'agents' });
    const again = drive(choose(stopped, 'continue'));
    expect(left(stateOf(last(again)))).toEqual([]);
  });
});
