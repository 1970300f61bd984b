/** The emulated JOC Cockpit: a program by Handover that answers JOC's REST API as a real one was recorded. It is no JS7. */
import fs from 'node:fs';
import os from 'node:os';
import { clock, LogFile, toStderr } from '../shared/log-file';
import { Joc } from './joc';
import { readSettings, type Settings } from './settings';
import { serve } from './web/server';

function settingsOrExit(): Settings {
  try {
    return readSettings(process.argv.slice(2), process.env);
  } catch (error) {
    toStderr((error as Error).message);
    process.exit(1);
  }
}

async function main(): Promise<void> {
  const settings = settingsOrExit();
  const first = `JOC Cockpit ${settings.version} · EMULATION by Handover: this is not a JS7 product`;
  toStderr(`${clock()} ${first}`);
  fs.mkdirSync(settings.directory, { recursive: true });
  const log = new LogFile(settings.directory, 'joc');
  log.plain(`${first} · Node ${process.versions.node} · pid=${process.pid} host=${os.hostname()}`);
  const joc = new Joc(settings, log);
  try {
    await serve(joc);
  } catch (error) {
    toStderr(`${clock()} ${(error as Error).message}`);
    process.exit(1);
  }
  log.info('com.sos.joc', `${settings.url}/joc/api is available · security level ${settings.securityLevel}`);
  joc.start();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      joc.availability.flush();
      process.exit(0);
    });
  }
}

void main();
