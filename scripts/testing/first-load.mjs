// Holds the budget of first-load JavaScript on every page of the build: exit code 1 and the pages that miss it.
import { FIRST_LOAD_BUDGET, firstLoad } from '../../e2e/world/first-load.mjs';
import { startServer } from '../../e2e/world/server.mjs';

const server = await startServer();
try {
  const cookie = await server.createAdmin();
  await server.settled(cookie);
  for (const { name, bytes } of await firstLoad(server, cookie)) {
    const over = bytes > FIRST_LOAD_BUDGET;
    if (over) process.exitCode = 1;
    console.log(
      `${name}: ${(bytes / 1000).toFixed(1)} kB of first-load JavaScript${over ? `, more than ${FIRST_LOAD_BUDGET / 1000} kB` : ''}`,
    );
  }
} finally {
  await server.remove();
}
