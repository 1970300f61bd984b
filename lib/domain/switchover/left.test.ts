/** A step whose goal may be missed: the run goes on, and says what is left to do. */
import { describe, expect, it } from 'vitest';
import { decide } from './decide';
import { choose, drive, intended, last, type Moment, plus, stateOf, upTo } from './drive.test-support';
import { leftOf } from './evidence';
import { observe, started } from './model.test-support';
import { left } from './state';
import { STEP, STEP_IDS } from './steps';

describe('what may be left', () => {
  it('is JOC Cockpit, and Agents that do not couple again: the Controller works without them', () => {
    expect(STEP_IDS.filter((id) => STEP[id].mayBeLeft)).toEqual(['tell-joc', 'agents']);
    expect(STEP.agents.afterPoint && STEP['tell-joc'].afterPoint).toBe(true);
  });
  it('the run succeeds without it and says so; where it is continued after a stop it is tried again', () => {
    const failed = plus(intended('tell-joc'), { at: 1, type: 'StepEnded', step: 'tell-joc', way: 'do', outcome: 'failed', evidence: [] });
    const ended = stateOf(last(drive(failed)));
    expect([ended.result, left(ended)]).toEqual(['succeeded', ['tell-joc']]);
    const stopped = plus(failed, { at: 2, type: 'RunStopped', reason: 'not-reached', step: 'agents' });
    const again = drive(choose(stopped, 'continue'));
    expect(left(stateOf(last(again)))).toEqual([]);
  });
  it('an Agent that stays away does not keep the run from its end, and is named', () => {
    const m = upTo('agents');
    const world = { ...observe(m.model), agents: 'not-yet', agentsMissing: ['agent-2'] } as const;
    const { deadlineMs } = STEP.agents;
    expect(decide(stateOf(m), world, deadlineMs).kind).toBe('wait');
    expect(decide(stateOf(m), world, deadlineMs + 1)).toEqual({ kind: 'settle', step: 'agents', way: 'do', outcome: 'failed' });
    expect(leftOf('agents', stateOf(m), 1, world)[0]?.said.params?.names).toEqual({ as: 'name', value: 'agent-2' });
    const ended = stateOf(last(drive(plus(m, { at: 1, type: 'StepEnded', step: 'agents', way: 'do', outcome: 'failed', evidence: [] }))));
    expect([ended.result, left(ended)]).toEqual(['succeeded', ['agents']]);
  });
  it('the name of a target that works already, for somebody started it early: neither cut off nor a reason to stop', () => {
    const m = upTo('move-name');
    const early: Moment = { ...m, model: started({ ...m.model, target: { ...m.model.target, flag: false } }, 'target') };
    const asked = last(drive(early));
    expect(stateOf(asked).stopped).toMatchObject({ reason: 'target-running' });
    const ended = last(drive(choose(asked, 'continue'), (_, d) => d.kind === 'wait'));
    // The effect refuses: the container runs. In the model its act does nothing.
    const late = decide(stateOf(ended), observe(ended.model), Number.POSITIVE_INFINITY);
    expect(late).toEqual({ kind: 'settle', step: 'move-name', way: 'do', outcome: 'failed' });
    const end = stateOf(
      last(
        drive(
          plus(ended, { at: 1, type: 'StepEnded', step: 'move-name', way: 'do', outcome: 'failed', evidence: [] }),
          (_, d) => d.kind === 'wait',
        ),
      ),
    );
    expect(end.steps.start.do).toBe('succeeded');
    expect(left(end)).toEqual(['move-name']);
    expect(ended.model.target.name).toBe(false);
  });
});
