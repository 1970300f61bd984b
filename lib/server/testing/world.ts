/** A Handover for tests of routes: real store, sessions and hub, engines and watcher as given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest, type NextResponse } from 'next/server';
import pino from 'pino';
import { openJoc } from '../../adapters/joc/client';
import { openStore } from '../../adapters/store/open';
import type { ProblemAnswer } from '../../contract/api';
import type { AccountRole } from '../../domain/account';
import type { Engine } from '../../ports/engine';
import { createAttempts } from '../attempts';
import { openCommandLine } from '../command-line';
import type { EngineSet } from '../engine-set';
import { type Env, readEnv } from '../env';
import { createFirstRun } from '../first-run';
import { createHub } from '../hub';
import { tellJocs } from '../jocs/answers';
import { createJocSet, type JocSet } from '../jocs/joc-set';
import type { Live } from '../live';
import { openRunDesk } from '../runs/desk';
import type { Runtime } from '../runtime';
import { createSessions } from '../session';
import { openSetupDesk } from '../setups/desk';
import { createTurns } from '../turns';

export interface World {
  readonly runtime: Runtime;
  /** The clock; set it to move time. */
  now: number;
  readonly codes: string[];
  /** An account and the cookie of a session of it. */
  as(role: AccountRole, name?: string): Promise<string>;
  close(): void;
}

export function createWorld(env: Record<string, string> = {}, parts: { live?: Partial<Live>; engines?: readonly Engine[] } = {}): World {
  const dir = mkdtempSync(join(tmpdir(), 'handover-server-'));
  const settings: Env = readEnv({ HANDOVER_DATA: dir, NODE_ENV: 'test', ...env });
  const { store, vault } = openStore(settings);
  const world = { now: 1_700_000_000_000, codes: [] as string[] };
  const clock = { now: () => world.now };
  const hub = createHub(clock);
  const sessions = createSessions({ secret: vault.derive('sessions'), mark: 'test', secure: settings.secure, store, clock });
  const engines = {
    get: (id: string) => parts.engines?.find((e) => e.id === id),
    all: () => parts.engines ?? [],
    open: () => undefined,
    close: async () => {},
  } as unknown as EngineSet;
  const live = {
    reload() {},
    tellEngines() {},
    tellTimeline() {},
    close() {},
    watcher: { engines: () => [], instances: () => [] },
    ...parts.live,
  } as unknown as Live;
  const runs = openRunDesk({ store, clock, engine: (id) => engines.get(id) });
  const jocs: JocSet = createJocSet({ store, clock, open: openJoc, onChange: () => tellJocs({ store, clock, hub, jocs }) });
  jocs.reload();
  const setups = openSetupDesk({
    ...{ store, clock, engine: (id) => engines.get(id), self: 'test', derive: vault.derive },
    busy: (id) => runs.openRun(id),
    runOf: runs.openRun,
    reload: () => live.reload(),
  });
  const runtime: Runtime = {
    ...{ env: settings, clock, store, hub, sessions, engines, jocs, live, runs, setups },
    log: pino({ level: 'silent' }),
    attempts: createAttempts(),
    commandLine: openCommandLine({ dataDir: dir, address: settings.localAddress, clock }),
    turns: createTurns(),
    firstRun: createFirstRun((code) => world.codes.push(code)),
    streams: new Set(),
    close: async () => {},
  };
  return Object.assign(world, {
    runtime,
    async as(role: AccountRole, name: string = role) {
      store.accounts.save({ name, role, passwordHash: '', createdAt: 1, generation: 1 });
      const cookie = await sessions.open({ name, role, passwordHash: '', createdAt: 1, generation: 1 });
      return `${cookie.name}=${cookie.value}`;
    },
    close() {
      hub.closeAll();
      void jocs.closeAll();
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  });
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly params?: Record<string, string>;
}
type Handler = (request: NextRequest, context: { params: Promise<unknown> }) => Promise<NextResponse>;

/** Calls a route handler as Next does. */
export function ask(
  handler: Handler,
  { method = 'GET', path = '/api/x', cookie, body, headers = {}, params = {} }: Asked = {},
): Promise<NextResponse> {
  const all = {
    host: 'localhost:3000',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(cookie && { cookie }),
    ...headers,
  };
  const request = new NextRequest(`http://localhost:3000${path}`, {
    method,
    headers: all,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(params) });
}
export const problemOf = async (response: NextResponse): Promise<ProblemAnswer> => (await response.json()) as ProblemAnswer;
