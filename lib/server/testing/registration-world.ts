/** For tests of registration: emulated JOC Cockpit and Controllers as processes, an engine in memory that describes their containers, a Handover with real store. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { z } from 'zod';
import { controllerOf, JOC_ACCOUNTS, JocWorld, type TestJoc } from '../../../e2e/emulators/joc/test-joc';
import type { Program } from '../../../e2e/emulators/shared/test-world';
import { RegisterInput } from '../../contract/joc';
import type { Cluster } from '../../domain/cluster/cluster';
import { ok } from '../../domain/result';
import { FakeEngine } from '../../usecases/observe/fake-engine.test-support';
import { registerCluster } from '../jocs/registration';
import { startLive } from '../live';
import type { Runtime } from '../runtime';
import { createWorld, type World } from './world';

export let processes: JocWorld;
let world: World;
export let runtime: Runtime;
export let engine: FakeEngine;
export let joc: TestJoc;
export let a: Program;
export let b: Program;
/** What was asked of the engine about aliases. */
export let aliases: string[] = [];
export const signal = new AbortController().signal;
export const port = (p: Program) => Number(new URL(p.url).port);
export const parsed = <S extends z.ZodType>(schema: S, value: unknown) => schema.parse(JSON.parse(JSON.stringify(value)));
export const localhost = (url: string) => url.replace('127.0.0.1', 'localhost');

export async function start(env: Record<string, string> = {}, user = 'root', accounts = JOC_ACCOUNTS) {
  [joc, a] = await Promise.all([processes.joc(env), controllerOf(processes, 'billing', accounts)]);
  b = await processes.controller({ privateConf: accounts, args: ['--id=billing'] });
  const container = (p: Program, name: string, state: 'running' | 'exited') =>
    engine.put(name, {
      state,
      env: { RUN_JS_ID: 'billing', RUN_JS_HTTP_PORT: String(port(p)) },
      networks: [{ network: 'js7', aliases: [name] }],
      ports: [{ inside: port(p), outside: port(p), hostIp: '0.0.0.0' }],
    });
  container(a, 'a', 'running');
  container(b, 'b', 'exited');
  const cluster: Cluster = {
    id: 'billing',
    name: 'Billing',
    controllerId: 'billing',
    primary: { ref: { engineId: 'e', name: 'a' }, access: { url: a.url } },
    secondary: { ref: { engineId: 'e', name: 'b' }, access: { url: b.url } },
    createdAt: 0,
  };
  runtime.store.engines.save({ id: 'e', name: 'Host', address: { kind: 'socket', path: '/e.sock' } });
  runtime.store.clusters.save(cluster);
  runtime.store.jocs.save({ id: 'joc', name: 'JOC', url: joc.program.url, user, password: user, createdAt: 0 });
  runtime.jocs.reload();
  runtime.live.reload();
}
/** In each test file that uses this world. */
export function eachTest(): void {
  beforeEach(() => {
    processes = new JocWorld();
    engine = new FakeEngine('e');
    aliases = [];
    const making = {
      networks: async () => ok([]),
      setAliases: async (name: string, network: string, all: string[]) => {
        aliases.push(`${name} ${network} ${all.join(',')}`);
        engine.put(name, { networks: [{ network, aliases: all }] });
        return ok(undefined);
      },
    };
    world = createWorld({}, { engines: [{ ...engine.engine(), making } as never] });
    const parts = { ...world.runtime, clock: { now: Date.now } };
    runtime = { ...parts, live: startLive({ ...parts, jocOf: parts.jocs.of }) };
  });
  afterEach(async () => {
    runtime.live.close();
    await runtime.jocs.closeAll();
    world.close();
    await processes.end();
  });
}

export const updating = (over: object = {}): z.output<typeof RegisterInput> =>
  RegisterInput.parse({
    type: 'autonomous',
    jocId: 'joc',
    follow: { kind: 'update', primaryUrls: [a.url, localhost(a.url)], secondaryUrls: [b.url] },
    caption: 'BILLING',
    audit: { comment: 'set up' },
    ...over,
  });
export const register = (input = updating()) => registerCluster(runtime, 'billing', input, 'ada', signal);
export const fault = (faults: object) => writeFileSync(join(joc.program.data, 'faults.json'), JSON.stringify(faults));
export const registrations = async () =>
  (((await (await joc.login()).call('audit_log', {})).json.auditLog ?? []) as { request: string; comment?: string }[]).filter((e) =>
    e.request.includes('register'),
  );
export async function move(from: Program, to: Program) {
  await from.stop();
  to.takeJournalOf(from);
  await to.start().ready();
}
