import 'server-only';
import { Readable } from 'node:stream';
import type { EngineEvent } from '../../domain/engine/engine';
import { type Problem, problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { err, ok, type Result } from '../../domain/result';
import type { Engine, FileEntry, LogLine, VolumeFiles } from '../../ports/engine';

/** An engine in memory: containers are values, volumes are texts by path, events come when a test says so. */
export class FakeEngine {
  readonly containers = new Map<string, Instance>();
  /** By container name and absolute path. */
  readonly disk = new Map<string, Map<string, string | Buffer>>();
  readonly logLines = new Map<string, LogLine[]>();
  readonly calls: string[] = [];
  /** Every method answers with this while it is set. */
  down: Problem | undefined;
  /** A call waits for this before it answers. */
  hold: ((call: string) => Promise<void> | undefined) | undefined;
  /** Bytes handed out by read. */
  bytesRead = 0;
  private handlers: Parameters<Engine['watch']>[0] | undefined;

  constructor(
    readonly id: string,
    readonly now: () => number = Date.now,
  ) {}

  put(name: string, o: Partial<Instance> = {}): Instance {
    const i: Instance = {
      engineId: this.id,
      id: `${name}-id`,
      name,
      hostname: name,
      image: { ref: 'sosberlin/js7:controller-2-9-0', digest: 'sha256:1' },
      state: 'running',
      oomKilled: false,
      createdAt: 0,
      startedAt: this.now() - 600_000,
      restartPolicy: { name: 'no' },
      autoRemove: false,
      user: '',
      env: { RUN_JS_ID: 'demo' },
      labels: {},
      mounts: [{ kind: 'volume', source: `${name}-var`, target: '/js7', readOnly: false }],
      networks: [],
      ports: [],
      ...this.containers.get(name),
      ...o,
    };
    this.containers.set(name, i);
    return i;
  }
  file(name: string, path: string, content: string | Buffer): void {
    const files = this.disk.get(name) ?? new Map();
    this.disk.set(name, files.set(path, content));
  }
  emit(kind: EngineEvent['kind'], instance: string, o: Pick<EngineEvent, 'signal'> = {}): void {
    this.handlers?.onEvent({ kind, instance, at: this.now(), ...o });
  }
  connection(up: boolean): void {
    this.handlers?.onConnection(up);
  }
  get watched(): boolean {
    return this.handlers !== undefined;
  }
  count(call: string): number {
    return this.calls.filter((c) => c === call || c.startsWith(`${call} `)).length;
  }

  engine(): Engine {
    const answer = async <T>(call: string, value: () => Result<T>): Promise<Result<T>> => {
      this.calls.push(call);
      await this.hold?.(call);
      return this.down ? err(this.down) : value();
    };
    const done = (call: string, change: () => void) =>
      answer(call, () => {
        change();
        return ok(undefined);
      });
    const refuse = async () => err(problem('INTERNAL', 'not in this double'));
    return {
      id: this.id,
      name: this.id,
      world: 'docker',
      describe: () =>
        answer('describe', () =>
          ok({ version: '27', apiVersion: '1.47', hostname: this.id, os: 'Debian', rootless: false, clockSkewMs: 0 }),
        ),
      list: () => answer('list', () => ok([...this.containers.values()])),
      inspect: (name) => answer(`inspect ${name}`, () => ok(this.containers.get(name) ?? 'absent')),
      watch: (handlers, signal) => {
        this.handlers = handlers;
        handlers.onConnection(this.down === undefined);
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            this.handlers = undefined;
            resolve();
          }),
        );
      },
      start: (name) => done(`start ${name}`, () => this.put(name, { state: 'running', startedAt: this.now() })),
      stop: (name) => done(`stop ${name}`, () => this.put(name, { state: 'exited', exitCode: 143, finishedAt: this.now() })),
      setRestartPolicy: (name, restartPolicy) => done(`policy ${name}`, () => this.put(name, { restartPolicy })),
      logs: (name, o) => done(`logs ${name}`, () => this.logLines.get(name)?.slice(-o.tail).forEach(o.onLine)),
      files: (name) => this.files(name, answer),
      moving: () => ({
        survey: refuse,
        warm: refuse,
        append: refuse,
        appendFrom: refuse,
        hashRanges: refuse,
        moveFiles: refuse,
        replaceText: refuse,
        discardCopy: refuse,
        purgeRetired: refuse,
      }),
      making: {
        ...{ images: refuse, image: refuse, saveImage: refuse, loadImage: refuse, networks: refuse, volumes: refuse },
        ...{ makeNetwork: refuse, makeVolume: refuse, makeInstance: refuse },
        ...{ removeInstance: refuse, removeVolume: refuse, removeNetwork: refuse },
        setAliases: (name, network, aliases) =>
          done(`aliases ${name} ${network} ${aliases.join(' ')}`.trim(), () => {
            const others = (this.containers.get(name)?.networks ?? []).filter((n) => n.network !== network);
            const now = this.containers.get(name)?.networks.find((n) => n.network === network);
            this.put(name, { networks: [...others, { ...now, network, aliases }] });
          }),
      },
      runHelper: refuse,
      takeLock: refuse,
      inspectLock: refuse,
      releaseLock: refuse,
      close: async () => {},
    };
  }

  private files(name: string, answer: <T>(call: string, value: () => Result<T>) => Promise<Result<T>>): VolumeFiles {
    const missing = err(problem('PATH_NOT_FOUND', 'There is no such file.'));
    const all = () => [...(this.disk.get(name) ?? new Map<string, string | Buffer>())];
    const entry = (n: string, kind: FileEntry['kind'], bytes: number): FileEntry => ({
      name: n,
      kind,
      bytes,
      modifiedAt: 1,
      mode: 0o644,
      uid: 0,
      gid: 0,
    });
    return {
      list: (path) =>
        answer(`list ${path}`, () => {
          const below = all().filter(([p]) => p.startsWith(`${path}/`));
          if (below.length === 0) return missing;
          const names = new Map<string, FileEntry>();
          for (const [p, content] of below) {
            const [first = '', ...rest] = p.slice(path.length + 1).split('/');
            if (first !== '')
              names.set(first, rest.length > 0 ? entry(first, 'folder', 0) : entry(first, 'file', Buffer.byteLength(content)));
          }
          return ok([...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
        }),
      read: (path, o) =>
        answer(`read ${path}`, () => {
          const content = this.disk.get(name)?.get(path);
          if (content === undefined) return missing;
          const from = o?.offset ?? 0;
          const bytes = Buffer.from(content).subarray(from, o?.length === undefined ? undefined : from + o.length);
          this.bytesRead += bytes.length;
          return ok(Readable.from(bytes.length > 0 ? [bytes] : []));
        }),
      space: () => answer('space', () => ok({ freeBytes: 5e9, totalBytes: 10e9 })),
      stat: async () => missing,
      write: async () => missing,
      makeFolder: async () => missing,
      rename: async () => missing,
      sha256: async () => missing,
    };
  }
}

/** A journal as a proper stop leaves it, in two files. */
export function properJournal(journalId = 'ID-A'): Record<string, string> {
  const header = (eventId: number) =>
    JSON.stringify({
      TYPE: 'JS7.Journal',
      typeName: 'ControllerState',
      journalId,
      eventId,
      generation: 2,
      initiallyStartedAt: '2026-11-23T23:27:16.078Z',
    });
  const meta = '{"TYPE":"ControllerMetaState","controllerId":"demo"}';
  const file = (eventId: number, ...events: string[]) =>
    [header(eventId), '"-------SNAPSHOT-------"', meta, '"-------END OF SNAPSHOT-------"', '"-------EVENTS-------"', ...events, ''].join(
      '\n',
    );
  return {
    'controller--0.journal': file(0, '{"eventId":1,"TYPE":"SnapshotTaken"}', '{"eventId":1000,"TYPE":"ControllerShutDown"}'),
    'controller--1000.journal': file(1000, '{"eventId":1001,"TYPE":"SnapshotTaken"}'),
  };
}
