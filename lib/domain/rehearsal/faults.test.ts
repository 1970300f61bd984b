import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../contract/api';
import { rehearsalTexts } from '../text/en/rehearsal';
import { faultState, faultStates, plan, REHEARSAL_FAULTS, type RehearsalFacts, type RehearsalFault, workingSlot } from './faults';

const facts = (
  o: { p?: [boolean, boolean]; s?: [boolean, boolean]; away?: true; joc?: boolean; marks?: RehearsalFacts['marks'] } = {},
): RehearsalFacts => {
  const [pRuns, pFlag] = o.p ?? [true, false];
  const [sRuns, sFlag] = o.s ?? [false, true];
  return {
    members: {
      primary: { name: 'P', running: pRuns, flagged: pFlag },
      secondary: { name: 'S', running: sRuns, flagged: sFlag, ...(o.away && { absent: true }) },
    },
    joc: { name: 'J', running: o.joc ?? true },
    marks: o.marks ?? {},
  };
};
const note = (fault: RehearsalFault, f: RehearsalFacts) => faultState(fault, f).note?.key;
const acts = (fault: RehearsalFault, on: boolean, f: RehearsalFacts) => {
  const r = plan(fault, on, f);
  return r.ok ? r.value.map((a) => [a.do, 'slot' in a ? a.slot : undefined].filter(Boolean).join(' ')) : r.error.code;
};

it('knows the faults that the API names', () => expect(REHEARSAL_FAULTS).toEqual(FAULTS));

it('says who works: running and not flagged', () => {
  expect(workingSlot(facts())).toBe('primary');
  expect(workingSlot(facts({ s: [true, false] }))).toBe('both');
  expect(workingSlot(facts({ p: [false, false], s: [true, true] }))).toBe('none');
  expect(workingSlot(facts({ p: [true, true], s: [true, false] }))).toBe('secondary');
});

describe('all well', () => {
  it('allows every fault and has none on', () =>
    expect(faultStates(facts()).map((f) => [f.on, f.possible])).toEqual(Array(8).fill([false, true])));
  it('acts on the active one, on the spare, on the spare’s engine', () => {
    expect(acts('kill-active', true, facts())).toEqual(['mark primary', 'kill primary']);
    expect(acts('start-old', true, facts())).toEqual(['mark secondary', 'start secondary']);
    expect(acts('take-fence-off', true, facts())).toEqual(['unfence secondary', 'mark secondary']);
    expect(acts('lose-engine', true, facts())).toEqual(['socket', 'mark']);
  });
  it('does nothing where it is so already', () => expect(REHEARSAL_FAULTS.map((f) => acts(f, false, facts()))).toEqual(Array(8).fill([])));
  it('turns round when the Secondary works', () => {
    const turned = facts({ p: [false, true], s: [true, false] });
    expect(acts('kill-active', true, turned)).toEqual(['mark secondary', 'kill secondary']);
    expect(acts('start-old', true, turned)).toEqual(['mark primary', 'start primary']);
  });
});

describe('the Secondary taken away', () => {
  const fault = 'take-secondary-away';
  it('goes only while the Primary works and it does not run', () => {
    expect(acts(fault, true, facts())).toEqual(['mark secondary', 'remove-secondary']);
    expect(note(fault, facts({ s: [true, true] }))).toBe('rehearsal.note.stopFirst');
    expect(note(fault, facts({ p: [false, true], s: [true, false] }))).toBe('rehearsal.note.primaryNotActive');
    expect(note(fault, facts({ p: [false, false] }))).toBe('rehearsal.note.primaryNotActive');
  });
  it('is on while it is not there, and over when somebody made it again', () => {
    const marks = { [fault]: { at: 5, slot: 'secondary' as const } };
    const away = facts({ away: true, marks });
    expect(faultState(fault, away)).toEqual({ fault, on: true, since: 5, possible: true });
    expect(acts(fault, false, away)).toEqual(['make-secondary', 'unmark']);
    expect(faultState(fault, facts({ marks })).on).toBe(false);
    expect(faultState(fault, facts({ away: true }))).toEqual({ fault, on: true, possible: true });
  });
  it('what needs it is not possible', () => {
    for (const other of ['start-old', 'take-fence-off'] as const)
      expect(note(other, facts({ away: true, marks: { [other]: { at: 1, slot: 'secondary' } } }))).toBe('rehearsal.note.away');
    const killed = { away: true, p: [true, false], marks: { 'kill-active': { at: 1, slot: 'secondary' } } } as const;
    expect(faultState('kill-active', facts({ ...killed, p: [true, false] })).on).toBe(false);
  });
});

it('JOC Cockpit is stopped and started; a world without one says so', () => {
  expect(acts('stop-joc', true, facts())).toEqual(['mark', 'joc']);
  expect(acts('stop-joc', false, facts({ joc: false }))).toEqual(['joc', 'unmark']);
  expect(faultState('stop-joc', facts({ joc: false, marks: { 'stop-joc': { at: 7 } } }))).toMatchObject({ on: true, since: 7 });
  const { joc: _, ...none } = facts();
  expect(faultState('stop-joc', none)).toMatchObject({ on: false, possible: false, note: { key: 'rehearsal.note.noJoc' } });
});

describe('not now', () => {
  it.each([
    ['kill-active', facts({ p: [false, false] }), 'rehearsal.note.nobodyActive'],
    ['kill-active', facts({ s: [true, false] }), 'rehearsal.note.twoActive'],
    ['start-old', facts({ p: [false, false] }), 'rehearsal.note.nobodyOld'],
    ['start-old', facts({ s: [true, true] }), 'rehearsal.note.runsAlready'],
    ['take-fence-off', facts({ s: [true, true] }), 'rehearsal.note.stopFirst'],
    ['take-fence-off', facts({ s: [false, false] }), 'rehearsal.note.noFence'],
  ] as const)('%s', (fault, f, key) => {
    expect(note(fault, f)).toBe(key);
    expect(rehearsalTexts[key]).toBeTruthy();
    expect(acts(fault, true, f)).toBe('CONFLICT');
  });
});

describe('undoing', () => {
  const at = 5;
  it('revives whom it killed, unless that would make two', () => {
    const killed = facts({ p: [false, false], marks: { 'kill-active': { at, slot: 'primary' } } });
    expect(faultState('kill-active', killed)).toEqual({ fault: 'kill-active', on: true, since: at, possible: true });
    expect(acts('kill-active', false, killed)).toEqual(['start primary', 'unmark']);
    expect(note('kill-active', { ...killed, members: facts({ p: [false, false], s: [true, false] }).members })).toBe(
      'rehearsal.note.otherWorks',
    );
  });
  it('a killed one that somebody started is no fault any more', () => {
    expect(faultState('kill-active', facts({ marks: { 'kill-active': { at, slot: 'primary' } } }))).toMatchObject({
      on: false,
      possible: true,
    });
  });
  it('stops the old one, also in a split brain; but not the only one that works', () => {
    const split = facts({
      s: [true, false],
      marks: { 'start-old': { at, slot: 'secondary' }, 'take-fence-off': { at, slot: 'secondary' } },
    });
    expect(acts('start-old', false, split)).toEqual(['stop secondary', 'unmark']);
    expect(acts('take-fence-off', false, split)).toEqual(['stop secondary', 'fence secondary', 'unmark']);
    const last = { ...split, members: facts({ p: [false, false], s: [true, false] }).members };
    expect([note('start-old', last), note('take-fence-off', last)]).toEqual(['rehearsal.note.onlyOne', 'rehearsal.note.onlyOne']);
    expect(acts('take-fence-off', false, last)).toBe('CONFLICT');
  });
  it('a refused start leaves nothing on', () => {
    expect(faultState('start-old', facts({ marks: { 'start-old': { at, slot: 'secondary' } } }))).toMatchObject({
      on: false,
      possible: true,
    });
  });
});
