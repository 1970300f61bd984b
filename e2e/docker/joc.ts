/** The emulated JOC Cockpit in a container of a real engine, on the network of a pair (controllers.ts). It finds the Controllers by name, as a real one would. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { freePort, makeNetwork } from './controllers';
import type { TestEngine } from './dockerd';

const IMAGE = 'handover-emulated/js7:joc-2-9-0';

export interface JocContainer {
  readonly name: string;
  /** As this machine reaches it. */
  readonly url: string;
  /** Account and password with all permissions. */
  readonly user: 'root';
  readonly password: 'root';
  /** `POST joc/api/ROUTE`, logged in. */
  call(route: string, body?: object): Promise<{ readonly status: number; readonly json: Record<string, unknown> }>;
}

/** Made, started, and answering. `env`: settings of the emulation (e2e/emulators/joc/README.md). */
export async function makeJoc(
  engine: Pick<TestEngine, 'host'>,
  id: string,
  o: { readonly network: string; readonly licensed?: boolean; readonly env?: Readonly<Record<string, string>> },
): Promise<JocContainer> {
  const docker = (...args: string[]) => execFileSync('docker', ['-H', engine.host, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  const build = resolve(import.meta.dirname, '../../scripts/build-image.mjs');
  execFileSync(process.execPath, [build, '--host', engine.host, '--product', 'joc'], { stdio: 'pipe' });
  makeNetwork(engine, o.network);
  const name = `js7-${id}-joc`;
  const port = await freePort();
  const env = { LICENSED: o.licensed ? '1' : '0', EMULATED_SERVICES_MS: '0', EMULATED_LOGIN_DELAY_MS: '0', ...o.env };
  docker(
    'run',
    '--detach',
    ...['--name', name, '--hostname', name, '--network', o.network],
    ...['--publish', `127.0.0.1:${port}:4446`],
    ...['--mount', `type=volume,src=${name}-data,dst=/var/sos-berlin.com/js7/joc`],
    ...Object.entries(env).flatMap(([k, v]) => ['--env', `${k}=${v}`]),
    IMAGE,
  );
  const url = `http://127.0.0.1:${port}`;
  const post = (route: string, body: object, headers: Record<string, string>, limitMs = 40_000) =>
    fetch(`${url}/joc/api/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(limitMs),
    });
  let token = '';
  // A connection that was made before the program listens may get no answer: asked again soon.
  const login = async (): Promise<string> => {
    const authorization = `Basic ${Buffer.from('root:root').toString('base64')}`;
    const answer = await post('authentication/login', {}, { authorization }, 3_000);
    if (!answer.ok) throw new Error(`JOC Cockpit refuses the login: ${answer.status}`);
    return answer.headers.get('x-access-token') ?? '';
  };
  await within('JOC Cockpit answers', async () => {
    token = await login();
  });
  return {
    name,
    url,
    user: 'root',
    password: 'root',
    async call(route, body = {}) {
      const ask = () => post(route, body, { 'x-access-token': token });
      let answer = await ask();
      if (answer.status === 440 || answer.status === 401) {
        token = await login(); // it was started again
        answer = await ask();
      }
      return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
    },
  };
}

async function within(what: string, work: () => Promise<void>, limitMs = 30_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; ; await new Promise((wake) => setTimeout(wake, 100))) {
    try {
      return await work();
    } catch (e) {
      if (Date.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what}`, { cause: e });
    }
  }
}
