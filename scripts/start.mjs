// The production server in this very process, so that signals reach it: `npm start`. Needs `npm run build` before.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const server = join(root, '.next/standalone/server.js');
if (!existsSync(server)) {
  console.error('There is no build yet. Make one with: npm run build');
  process.exit(1);
}
process.env.NODE_ENV = 'production';
process.env.PORT ||= '3000';
// Next listens on HOSTNAME, which shells and containers set to the machine's name: only our own variable counts.
process.env.HOSTNAME = process.env.HANDOVER_HOST || '127.0.0.1';
// The server changes into its own folder: a relative data folder is meant from here.
process.env.HANDOVER_DATA = resolve(process.env.HANDOVER_DATA || 'data');
// Next would end the process before the rehearsal's Controllers have ended: Handover answers SIGTERM and SIGINT itself (lib/server/process.ts).
process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
await import(pathToFileURL(server).href);
