/** The emulated Agent: a program by Handover, no JS7. Its protocol with the emulated Controller is our own. */
import fs from 'node:fs';
import path from 'node:path';
import { takeLock } from '../shared/lock-file';
import { clock, toStderr } from '../shared/log-file';
import { parseAddress, parseOptions } from '../shared/options';
import { Agent } from './agent';
import { AgentJournal } from './journal';
import { Runs } from './runs';
import { serve } from './server';

async function main(): Promise<void> {
  toStderr(`${clock()} JS7 Agent · EMULATION by Handover: this is not a JS7 product`);
  const { values } = parseOptions(process.argv.slice(2), [
    'config-directory',
    'data-directory',
    'logs-directory',
    'http-port',
    'https-port',
    'id',
  ]);
  const data = values.get('data-directory')?.[0];
  const port = values.get('http-port')?.[0];
  if (data === undefined || port === undefined) throw new Error('--data-directory= and --http-port= are required');
  const state = path.join(data, 'state');
  fs.mkdirSync(state, { recursive: true });
  if (!(await takeLock(path.join(state, 'lock')))) throw new Error('Duplicate start of JS7');
  const journal = new AgentJournal(state);
  const runs = new Runs(data);
  await serve(new Agent(journal, runs), journal, runs, parseAddress(port));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
}

main().catch((error: unknown) => {
  toStderr(`${clock()} ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
