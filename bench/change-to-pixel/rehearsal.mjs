// The world of `npm run bench -- change-to-pixel`: the rehearsal's.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../e2e/world/server.mjs';
import { followEvents } from './floor.mjs';

const NAME = 'js7-demo-primary';

/** A server with a pair that is well; `floor` follows the engine's events as a bare client does, `end` kills or stops the Primary behind Handover's back. */
export async function openWorld() {
  const server = await startServer();
  try {
    const cookie = await server.createAdmin();
    await server.settled(cookie);
    const engine = join(server.dataFolder, 'rehearsal/engines/docker-a');
    const container = containerAt(engine);
    const floor = followEvents(engine);
    return {
      server,
      cookie,
      cluster: 'demo',
      url: `http://127.0.0.1:${container.port}/controller/api/journalInfo`,
      floor,
      end: (how) => process.kill(container.pid(), how === 'kill' ? 'SIGKILL' : 'SIGTERM'),
      async remove() {
        floor.close();
        await server.remove();
      },
    };
  } catch (problem) {
    await server.remove();
    throw problem;
  }
}

/** The container's port, and its process number at any time. From its next start on it takes no time to start and to stop. */
function containerAt(engine) {
  const folder = readdirSync(join(engine, 'containers'))
    .map((id) => join(engine, 'containers', id))
    .find((f) => JSON.parse(readFileSync(join(f, 'definition.json'), 'utf8')).name === NAME);
  const definition = JSON.parse(readFileSync(join(folder, 'definition.json'), 'utf8'));
  const env = { ...definition.env, EMULATED_START_MS: '0', EMULATED_STOP_MS: '0', EMULATED_ORDERS_PER_MINUTE: '0' };
  writeFileSync(join(folder, 'definition.json'), JSON.stringify({ ...definition, env }));
  return { port: definition.ports[0].outside, pid: () => JSON.parse(readFileSync(join(folder, 'run'), 'utf8')).pid };
}
