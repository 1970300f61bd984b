/** For the tests beside: an emulated JOC started by its `run` script, and emulated Controllers it can talk to. */
import path from 'node:path';
import type { JsonObject } from '../shared/json';
import { type Answer, freePort, Program, request, until, World } from '../shared/test-world';

/** The accounts JOC logs in with. */
export const JOC_ACCOUNTS =
  'js7.auth.users {\n  JOC { password = "plain:JS7-JOC", permissions = [ UpdateItem ] }\n  History { password = "plain:JS7-History" }\n}\n';

export class JocWorld extends World {
  readonly #jocs: Program[] = [];

  async joc(env: Record<string, string> = {}): Promise<TestJoc> {
    const port = await freePort();
    const data = path.join(this.folder, `joc-${port}`);
    const args = [`--http-port=127.0.0.1:${port}`, `--data-directory=${data}`];
    const quick = { LICENSED: '0', EMULATED_LOGIN_DELAY_MS: '0', EMULATED_SERVICES_MS: '0', ...env };
    const program = new Program('joc', args, data, `http://127.0.0.1:${port}`, quick);
    this.#jocs.push(program);
    return new TestJoc(program).start();
  }

  override async end(): Promise<void> {
    await Promise.all(this.#jocs.map((j) => j.kill()));
    await super.end();
  }
}

export class TestJoc {
  readonly program: Program;
  token: string | undefined;

  constructor(program: Program) {
    this.program = program;
  }

  async start(): Promise<this> {
    this.program.start();
    await until('JOC answers', async () => (await this.call('version')).status === 200);
    return this;
  }

  call(route: string, body: JsonObject = {}, headers: Record<string, string> = {}, timeout = 15_000): Promise<Answer> {
    const token = this.token === undefined ? {} : { 'x-access-token': this.token };
    const all = { accept: 'application/json', 'content-type': 'application/json', ...token, ...headers };
    return request(`${this.program.url}/joc/api/${route}`, { method: 'POST', headers: all, timeout }, JSON.stringify(body));
  }

  /** Logs in, password as the name; later calls carry the token. */
  async login(account = 'root'): Promise<this> {
    const answer = await this.call(
      'authentication/login',
      {},
      { authorization: `Basic ${Buffer.from(`${account}:${account}`).toString('base64')}` },
    );
    this.token = answer.headers['x-access-token'] as string | undefined;
    return this;
  }

  register(controllers: readonly JsonObject[], more: JsonObject = {}): Promise<Answer> {
    return this.call('controller/register', { controllerId: '', controllers, ...more });
  }
}

export const standalone = (url: string): readonly JsonObject[] => [{ url, title: 'STANDALONE CONTROLLER', role: 'STANDALONE' }];

export function codeOf({ status, json }: Answer): readonly unknown[] {
  return [status, (json.error as JsonObject | undefined)?.code];
}

/** A Controller of that ID, started and ready. */
export async function controllerOf(world: World, id: string, privateConf = JOC_ACCOUNTS): Promise<Program> {
  return (await world.controller({ privateConf, args: [`--id=${id}`] })).start().ready();
}

/** The first node as JOC sees it. */
export async function seen(joc: TestJoc, controllerId: string): Promise<JsonObject | undefined> {
  return ((await joc.call('controllers', { controllerId })).json.controllers as readonly JsonObject[])[0];
}

/** Whether JOC's proxy is where the registration says: the sign of joc-proved N3. */
export async function follows(joc: TestJoc, controllerId: string): Promise<boolean> {
  const survey = (await joc.call('agents', { controllerId })).json.surveyDate;
  return Date.parse(String(survey)) >= Date.parse(String((await seen(joc, controllerId))?.startedAt));
}

/** The kinds of events after that one. */
export async function heard(joc: TestJoc, controllerId: string, eventId: number): Promise<{ types: readonly unknown[]; eventId: number }> {
  const { json } = await joc.call('events', { controllerId, eventId });
  return { types: (json.eventSnapshots as readonly JsonObject[]).map((e) => e.eventType), eventId: Number(json.eventId) };
}
