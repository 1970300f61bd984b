import 'server-only';
import { buffer } from 'node:stream/consumers';
import { type FilePieces, fileEventIdOf } from '../../domain/journal/ending';
import { ok, type Result } from '../../domain/result';
import type { FileEntry, VolumeFiles } from '../../ports/engine';
import type { MovingFiles, Survey } from '../../ports/moving';

/** Of the newest journal file so much is read at both ends, of the one before it less of the beginning. */
const [ENDS, HEADER, TEXT] = [65_536, 4096, 262_144];

/** The look of ports/moving.ts by single questions: here each costs next to nothing. */
export async function survey(files: VolumeFiles, o: Parameters<MovingFiles['survey']>[0]): Promise<Result<Survey>> {
  const missing = <T>(r: Result<T>): Result<T | 'absent'> => (r.ok || r.error.code !== 'PATH_NOT_FOUND' ? r : ok('absent'));
  const bytes = async (path: string, offset: number, length: number): Promise<Result<Buffer>> => {
    const r = await files.read(path, { offset, length });
    return r.ok ? ok(await buffer(r.value)) : r;
  };
  const text = async (path: string, offset: number, length: number): Promise<Result<string>> => {
    const r = await bytes(path, offset, length);
    return r.ok ? ok(r.value.toString('utf8')) : r;
  };
  async function ends(e: FileEntry, headBytes: number): Promise<Result<FilePieces>> {
    const path = `${o.state}/${e.name}`;
    const head = await text(path, 0, Math.min(e.bytes, headBytes));
    if (!head.ok) return head;
    const whole = e.bytes <= headBytes;
    const start = Math.max(0, e.bytes - ENDS);
    const tail = whole ? head : await text(path, start, e.bytes - start);
    return tail.ok ? ok({ name: e.name, bytes: e.bytes, head: head.value, tail: tail.value, whole }) : tail;
  }

  const [state, beside] = [missing(await files.list(o.state)), missing(await files.list(o.beside))];
  if (!state.ok) return state;
  if (!beside.ok) return beside;
  const number = (e: FileEntry): number => fileEventIdOf(e.name) ?? -1;
  const journal = state.value === 'absent' ? [] : state.value.filter((e) => e.kind === 'file' && number(e) >= 0);
  const newest: FilePieces[] = [];
  for (const e of journal.sort((a, b) => number(b) - number(a)).slice(0, 2)) {
    const pieces = await ends(e, newest.length === 0 ? ENDS : HEADER);
    if (!pieces.ok) return pieces;
    newest.push(pieces.value);
  }
  const texts: Survey['texts'][number][] = [];
  for (const path of o.texts) {
    const found = missing(await bytes(path, 0, TEXT));
    if (!found.ok) return found;
    texts.push(found.value);
  }
  return ok({ state: state.value, beside: beside.value, newest, texts });
}
