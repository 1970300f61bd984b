import net from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { EngineAddress, EngineEvent } from '../../domain/engine/engine';
import type { EngineWorld } from '../engine.suite';
import { DATA, fresh, put, startReady, text, until, value } from '../suite/world';
import { openDockerEngine } from './open';
import { authority } from './testing/certificates';
import { listening, pipeTo, tcp } from './testing/servers';
import { sshHost } from './testing/ssh-server';
import { dockerWorld } from './testing/world';

let world: EngineWorld;
beforeAll(async () => {
  world = await dockerWorld(inject('dockerSocket'));
});
afterAll(() => world.close());

interface Way {
  readonly address: EngineAddress;
  close(): Promise<unknown>;
}
const ways: Record<string, () => Promise<Way>> = {
  async tcp() {
    const server = await listening(net.createServer(pipeTo(inject('dockerSocket'))));
    return { address: tcp(server.port), close: server.close };
  },
  async tls() {
    const ca = authority();
    const options = { ...ca.sign('engine'), ca: ca.ca, requestCert: true, rejectUnauthorized: true };
    const server = await listening(tls.createServer(options, pipeTo(inject('dockerSocket'))));
    return { address: { kind: 'tls', host: '127.0.0.1', port: server.port, ca: ca.ca, ...ca.sign('handover') }, close: server.close };
  },
  async ssh() {
    const host = await sshHost({ path: inject('dockerSocket') });
    return { address: { ...host.address, hostKeySha256: host.fingerprint }, close: host.close };
  },
};

describe.each(Object.keys(ways))('a real engine over %s', (kind) => {
  test('looks, follows events and logs, reads and writes files, runs helpers', async () => {
    const way = await (ways[kind] as () => Promise<Way>)();
    const engine = openDockerEngine({ id: kind, name: kind, address: way.address });
    const name = fresh(kind);
    const abort = new AbortController();
    const events: EngineEvent[] = [];
    let connected = false;
    const watched = engine.watch(
      {
        onEvent: (e) => events.push(e),
        onConnection: (up) => {
          connected = up;
        },
      },
      abort.signal,
    );
    try {
      await world.create({
        name,
        volumes: [{ target: DATA }],
        script: 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; echo tick; done',
      });
      await until('it is connected', () => connected);
      expect(value(await engine.describe())).toMatchObject({ apiVersion: expect.stringMatching(/^1\.\d+$/) });
      expect(value(await engine.list()).map((i) => i.name)).toContain(name);
      await startReady(engine, name);
      await until('the start is told', () => events.some((e) => e.instance === name && e.kind === 'started'));
      const lines: string[] = [];
      const stop = new AbortController();
      const followed = engine.logs(name, { tail: 0, follow: true, signal: stop.signal, onLine: (l) => lines.push(l.text) });
      const content = 'x'.repeat(3_000_000);
      await put(engine.files(name), `${DATA}/file`, content);
      expect(await text(engine.files(name), `${DATA}/file`)).toBe(content);
      expect((await text(engine.files(name), `${DATA}/file`, { offset: 2_999_990 })).length).toBe(10);
      expect(value(await engine.runHelper(name, { command: ['wc', '-c', `${DATA}/file`], timeoutSeconds: 20 })).stdout).toMatch(
        /^3000000 /,
      );
      await until('the log is followed', () => lines.length > 2);
      stop.abort();
      value(await followed);
      value(await engine.stop(name, { timeoutSeconds: 5 }));
      await until('the stop is told', () => events.some((e) => e.instance === name && e.kind === 'stopped'));
    } finally {
      abort.abort();
      await watched;
      await engine.close();
      await way.close();
    }
  });
});
