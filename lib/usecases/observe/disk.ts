import 'server-only';
import type { Problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { besideOf, controllerPaths } from '../../domain/instance/paths';
import type { ConfigFacts, DiskFacts, Refusal, RetiredJournal, StateDirectory } from '../../domain/journal/disk';
import { fileEventIdOf, journalIdOfHead, judgeJournal } from '../../domain/journal/ending';
import { recogniseRefusal } from '../../domain/journal/refusal';
import { err, ok, type Result } from '../../domain/result';
import type { ReadConfig } from '../../ports/config';
import type { Engine, FileEntry, VolumeFiles } from '../../ports/engine';
import { readPieces, readText } from './pieces';

const LOG_LINES = 200;
const LOG_MS = 5000;

/** Neither the file nor the world is at fault: the engine does not answer, so nothing was learned at all. */
const nothingLearned = (p: Problem): boolean =>
  p.code.startsWith('ENGINE_') || p.code === 'INSTANCE_NOT_FOUND' || p.code === 'HELPER_FAILED';

/**
 * What lies in the volumes of an instance: journal, configuration, retired journals, space, and why its last start was refused. Reads pieces only and changes
 * nothing. Fails only where the engine gives no answer; what is broken inside is part of the facts.
 */
export async function readDisk(engine: Engine, instance: Instance, readConfig: ReadConfig): Promise<Result<DiskFacts>> {
  const files = engine.files(instance.name);
  const paths = controllerPaths(instance.mounts);
  const state = await readState(files, paths.state);
  if (!state.ok) return state;
  const path = state.value.kind === 'absent' ? paths.state[0] : state.value.path;
  const [config, retired, space, refusal] = await Promise.all([
    readConfigFacts(files, paths.config, instance, readConfig),
    path === undefined ? ok([]) : readRetired(files, path, instance),
    path === undefined ? undefined : spaceAt(files, path),
    readRefusal(engine, instance),
  ]);
  if (!config.ok && nothingLearned(config.error)) return config;
  if (!retired.ok) return retired;
  return ok({
    state: state.value,
    config: config.ok ? config.value : config.error,
    retired: retired.value,
    ...(space?.ok && space.value),
    ...(refusal && { refusal }),
  });
}

/** Only the lineage of an instance's journal; undefined where there is none or it cannot be read. For containers that no cluster knows. */
export async function readLineage(engine: Engine, instance: Instance): Promise<string | undefined> {
  const files = engine.files(instance.name);
  for (const path of controllerPaths(instance.mounts).state) {
    const found = await journalFiles(files, path);
    const newest = found.ok ? found.value.at(-1) : undefined;
    if (!newest) continue;
    const head = await readText(files, `${path}/${newest.name}`, 4096);
    return head.ok ? journalIdOfHead(head.value) : undefined;
  }
  return undefined;
}

async function readState(files: VolumeFiles, candidates: readonly string[]): Promise<Result<StateDirectory>> {
  let empty: string | undefined;
  for (const path of candidates) {
    const found = await journalFiles(files, path);
    if (!found.ok) {
      if (nothingLearned(found.error)) return found;
      if (found.error.code === 'PATH_NOT_FOUND' || found.error.code === 'PATH_NOT_IN_VOLUME') continue;
      return ok({ kind: 'unreadable', path, error: found.error });
    }
    if (found.value.length > 0) return readJournal(files, path, found.value);
    empty ??= path;
  }
  return ok(empty === undefined ? { kind: 'absent' } : { kind: 'empty', path: empty });
}

/** Journal files of a folder by their number; `.tmp` and debris are not among them (8.1). */
async function journalFiles(files: VolumeFiles, path: string): Promise<Result<readonly FileEntry[]>> {
  const listed = await files.list(path);
  if (!listed.ok) return listed;
  const found = listed.value.filter((e) => e.kind === 'file' && fileEventIdOf(e.name) !== undefined);
  return ok(found.sort((a, b) => (fileEventIdOf(a.name) ?? 0) - (fileEventIdOf(b.name) ?? 0)));
}

async function readJournal(files: VolumeFiles, path: string, found: readonly FileEntry[]): Promise<Result<StateDirectory>> {
  const [newestEntry, beforeEntry] = [found.at(-1) as FileEntry, found.at(-2)];
  const newest = await readPieces(files, path, newestEntry);
  const before = beforeEntry && (await readPieces(files, path, beforeEntry, 4096));
  for (const r of [newest, before]) if (r && !r.ok && nothingLearned(r.error)) return r;
  if (!newest.ok) return ok({ kind: 'unreadable', path, error: newest.error });
  const judged = judgeJournal({ newest: newest.value, ...(before?.ok && { before: before.value }) });
  if (!judged.ok) return ok({ kind: 'unreadable', path, error: judged.error });
  const all = found.map((e) => ({ name: e.name, fileEventId: fileEventIdOf(e.name) ?? 0, bytes: e.bytes, modifiedAt: e.modifiedAt }));
  return ok({ kind: 'journal', path, journal: { ...judged.value, files: all, totalBytes: all.reduce((sum, f) => sum + f.bytes, 0) } });
}

async function readConfigFacts(
  files: VolumeFiles,
  candidates: readonly string[],
  instance: Instance,
  readConfig: ReadConfig,
): Promise<Result<ConfigFacts>> {
  let error: Problem = { code: 'CONFIG_MISSING', message: 'No controller.conf was found in the volumes of the container.' };
  for (const path of candidates) {
    const text = await readText(files, path);
    if (!text.ok) {
      if (text.error.code === 'PATH_NOT_FOUND' || text.error.code === 'PATH_NOT_IN_VOLUME') continue;
      return text;
    }
    // It may say the flag, too, and wins. Its passwords are forgotten at once.
    const secret = await readText(files, path.replace(/controller\.conf$/, 'private/private.conf'));
    if (!secret.ok && secret.error.code !== 'PATH_NOT_FOUND') return secret;
    const javaOptions = instance.env.RUN_JS_JAVA_OPTIONS;
    const read = await readConfig({
      controllerConf: text.value,
      env: instance.env,
      ...(secret.ok && { privateConf: secret.value }),
      ...(javaOptions !== undefined && { javaOptions }),
    });
    if (read.ok) return ok({ path, ...read.value });
    error = read.error;
    break;
  }
  return err(error);
}

/** Journals that were put aside beside the state directory, with what their marker file tells (domain/switchover/plan.ts). */
async function readRetired(files: VolumeFiles, statePath: string, instance: Instance): Promise<Result<readonly RetiredJournal[]>> {
  const { folder, prefix } = besideOf(statePath, instance.mounts);
  const listed = await files.list(folder);
  if (!listed.ok) return nothingLearned(listed.error) ? listed : ok([]);
  const names = new Set(listed.value.map((e) => e.name));
  const retired: RetiredJournal[] = [];
  for (const e of listed.value.filter((x) => x.kind === 'folder' && x.name.startsWith(`${prefix}retired-`))) {
    const path = `${folder}/${e.name}`;
    const marker = names.has(`${e.name}.json`) ? await readText(files, `${path}.json`, 16 * 1024) : undefined;
    retired.push({ path, ...(marker?.ok && markerFacts(marker.value)) });
  }
  return ok(retired);
}

function markerFacts(text: string): Omit<RetiredJournal, 'path'> {
  let m: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) m = value as Record<string, unknown>;
  } catch {
    return {};
  }
  const word = (...keys: string[]) => keys.map((k) => m[k]).find((v) => typeof v === 'string') as string | undefined;
  const at = typeof m.at === 'number' ? m.at : undefined;
  const facts = { journalId: word('journalId'), runId: word('runId', 'run'), why: word('why', 'reason'), by: word('by', 'who'), at };
  return Object.fromEntries(Object.entries(facts).filter(([, v]) => v !== undefined));
}

/** The state directory itself may be missing: then its parent stands for the volume. */
async function spaceAt(files: VolumeFiles, path: string) {
  const own = await files.space(path);
  return own.ok ? own : files.space(path.slice(0, path.lastIndexOf('/')) || '/');
}

/** Its own words, where it ended by itself: a kill from outside (SIGTERM 143, SIGKILL 137) is no refusal. */
async function readRefusal(engine: Engine, instance: Instance): Promise<Refusal | undefined> {
  if (instance.state !== 'exited' || instance.exitCode === 143 || instance.exitCode === 137) return undefined;
  const lines: string[] = [];
  const signal = AbortSignal.timeout(LOG_MS);
  const r = await engine.logs(instance.name, {
    tail: LOG_LINES,
    follow: false,
    signal,
    onLine: (l) => {
      if (l.at === undefined || instance.startedAt === undefined || l.at >= instance.startedAt - 1000) lines.push(l.text);
    },
  });
  return r.ok ? recogniseRefusal(lines) : undefined;
}
