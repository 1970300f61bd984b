import { afterEach, expect, test, vi } from 'vitest';
import { openConnection } from './connection';
import { removeLeftovers } from './helper';
import { LIMITS } from './limits';
import { almostDocker, tcp } from './testing/servers';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

test('helpers an hour older than the newest are removed, by the clock of the engine; nothing but helpers is asked for', async () => {
  const asked: string[] = [];
  // A clock far from ours.
  const helper = (Id: string, age: number) => ({ Id, Created: 1_000_000_000 - age, Labels: { 'org.handover.helper': 'x' } });
  const server = await almostDocker((req, res) => {
    asked.push(`${req.method} ${decodeURIComponent(req.url ?? '')}`);
    if (req.method === 'DELETE') res.writeHead(204).end();
    else res.end(JSON.stringify([helper('new', 0), helper('hour', 3_600), helper('old', 3_601), helper('older', 90_000)]));
  });
  const c = openConnection({ id: 'e', name: 'e', address: tcp(server.port) }, LIMITS);
  close = async () => {
    c.close();
    await server.close();
  };
  await removeLeftovers(c);
  expect(asked[0]).toContain('"label":["org.handover.helper"]');
  const removed = asked.slice(1).map((a) => /^DELETE \S*\/containers\/(\w+)\?/.exec(a)?.[1]);
  expect(removed).toEqual(['old', 'older']);
});

test('an engine that fails meanwhile does no harm', async () => {
  const server = await almostDocker((_, res) => void res.writeHead(500).end('{"message":"no"}'));
  const c = openConnection({ id: 'e', name: 'e', address: tcp(server.port) }, LIMITS);
  close = async () => {
    c.close();
    await server.close();
  };
  const unhandled = vi.fn();
  process.once('unhandledRejection', unhandled);
  await removeLeftovers(c);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
