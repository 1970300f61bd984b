import 'server-only';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Slot } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import type { FaultMark, RehearsalAct, RehearsalFault } from '../../domain/rehearsal/faults';
import { err, ok, type Result } from '../../domain/result';
import type { Containers } from './containers';
import type { ContainerDefinition } from './definition';
import { configuration, dataOf } from './emulated';
import { setFaults } from './faults';
import { usedBytes } from './space';

export interface Found {
  readonly containers: Containers;
  readonly name: string;
  readonly d: ContainerDefinition | undefined;
}
export type Marks = Partial<Record<RehearsalFault, FaultMark>>;

/** What acts need of the world. */
export interface Stage {
  readonly engines: readonly Containers[];
  readonly spare: Containers;
  member(slot: Slot): Found;
  joc(): Found;
  /** As it was seeded, a fenced cold spare. */
  makeSecondary(): void;
  marks(): Marks;
  saveMarks(marks: Marks): void;
  now(): number;
}

export async function perform(w: Stage, act: RehearsalAct): Promise<Result<void>> {
  switch (act.do) {
    case 'mark':
      w.saveMarks({ ...w.marks(), [act.fault]: { at: w.now(), ...(act.slot && { slot: act.slot }) } });
      return ok(undefined);
    case 'unmark':
      w.saveMarks(Object.fromEntries(Object.entries(w.marks()).filter(([fault]) => fault !== act.fault)));
      return ok(undefined);
    case 'socket':
      setFaults(w.spare.folder, { socketGoneSince: act.gone ? w.now() : undefined });
      return ok(undefined);
    case 'disk':
      setFaults(w.spare.folder, {
        disk: act.leaves === 'all' ? undefined : { freeBytes: act.leaves, usedBytes: await usedBytes(join(w.spare.folder, 'volumes')) },
      });
      return ok(undefined);
    case 'copy-speed':
      for (const { folder } of w.engines)
        setFaults(folder, { bytesPerSecond: act.bytesPerSecond === 'full' ? undefined : act.bytesPerSecond });
      return ok(undefined);
    case 'joc': {
      const joc = w.joc();
      if (!joc.d) return missing(joc.name);
      return act.run ? joc.containers.start(joc.d) : joc.containers.stop(joc.d, 10);
    }
    case 'remove-secondary': {
      const { containers, d } = w.member('secondary');
      if (d) await containers.remove(d, { volumes: true });
      return ok(undefined);
    }
    case 'make-secondary':
      if (!w.member('secondary').d) w.makeSecondary();
      return ok(undefined);
    default:
      return onMember(w, act);
  }
}

async function onMember(
  w: Stage,
  act: Extract<RehearsalAct, { slot: Slot; do: 'kill' | 'start' | 'stop' | 'fence' | 'unfence' }>,
): Promise<Result<void>> {
  const { containers, d, name } = w.member(act.slot);
  if (!d) return missing(name);
  if (act.do === 'kill') return containers.kill(d);
  if (act.do === 'start') return containers.start(d);
  if (act.do === 'stop') return containers.stop(d, 30);
  const state = join(dataOf(containers, d), 'state');
  if (act.do === 'fence') configuration(containers, d).setFlag('on');
  if (hasJournal(state)) renameSync(state, `${state}.aside-rehearsal-${w.now()}`);
  mkdirSync(state, { recursive: true, mode: 0o755 });
  if (act.do === 'unfence') {
    const source = w.member(act.journalOf);
    if (!source.d) return missing(source.name);
    copyJournal(join(dataOf(source.containers, source.d), 'state'), state);
    configuration(containers, d).setFlag('off');
  }
  return ok(undefined);
}

const missing = (name: string) =>
  err(
    problem('INSTANCE_NOT_FOUND', `There is no container ${name} in the rehearsal world.`, {
      remedy: 'Reset the rehearsal world.',
    }),
  );

const journalFiles = (state: string): string[] =>
  existsSync(state) ? readdirSync(state).filter((n) => /^controller--\d+\.journal$/.test(n)) : [];
const hasJournal = (state: string): boolean => journalFiles(state).length > 0;

function copyJournal(from: string, to: string): void {
  for (const name of journalFiles(from)) if (lstatSync(join(from, name)).isFile()) copyFileSync(join(from, name), join(to, name));
}
