/** The emulated Controller: a program by Handover that behaves as a real JS7 Controller was recorded. It is no JS7. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { showSpan } from '../shared/durations';
import type { Config } from '../shared/hocon';
import { takeLock } from '../shared/lock-file';
import { clock, LogFile, toStderr } from '../shared/log-file';
import { UsageError } from '../shared/options';
import { type CommandLine, readCommandLine } from './config/command-line';
import { loadConfig } from './config/load';
import { readSettings, type Settings } from './config/settings';
import { Controller } from './controller';
import { Journal } from './journal/journal';
import type { Node } from './node';
import { Role } from './role';
import { StartRefused } from './start/refused';
import { hearFailures, hearSignals } from './start/signals';
import { start } from './start/start';
import { prepareWorkDirectory } from './start/work-directory';
import { VERSION } from './version';
import { Sessions } from './web/sessions';

const startedAt = Math.round(Date.now() - process.uptime() * 1000);
const EMULATION = `EMULATION by Handover of a JS7 Controller ${VERSION}: this is not a JS7 product`;

async function main(): Promise<void> {
  toStderr(`${clock()} JS7 Controller ${VERSION} · ${EMULATION}`);
  const commandLine = commandLineOrExit();
  const stateDirectory = path.join(commandLine.dataDirectory, 'state');
  fs.mkdirSync(stateDirectory, { recursive: true });
  if (!(await takeLock(path.join(stateDirectory, 'lock')))) {
    toStderr(`${clock()} Duplicate start of JS7`);
    toStderr(`${clock()} Controller terminates ${showSpan(Date.now() - startedAt)} after start`);
    process.exit(1);
  }
  const log = new LogFile(commandLine.logsDirectory, 'controller');
  const host = `Node ${process.versions.node} · pid=${process.pid} host=${os.hostname()} · started at ${new Date(startedAt).toISOString()}`;
  log.plain(`Begin JS7 Controller · ${VERSION} · ${EMULATION} · ${host}`);
  log.info('js7.base.system.startup.StartUp', `START Controller ${VERSION} · ${host}\n${'━'.repeat(80)}`);
  try {
    const settings = await readConfiguration(commandLine, log);
    const node: Node = {
      commandLine,
      settings,
      log,
      startedAt,
      journal: new Journal(stateDirectory, log),
      role: new Role(),
      sessions: new Sessions(settings.auth.sessionTimeoutMs),
    };
    const controller = new Controller(node);
    hearFailures(controller);
    hearSignals(controller);
    prepareWorkDirectory(node, controller.web.localUri);
    await start(controller);
  } catch (error) {
    log.error(
      'js7.common.system.startup.ServiceMain',
      error instanceof StartRefused ? error.message : String((error as Error)?.stack ?? error),
    );
    log.info('js7.base.system.startup.StartUp', 'STOP');
    process.exit(1);
  }
}

function commandLineOrExit(): CommandLine {
  try {
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    toStderr(error instanceof UsageError ? error.message : String(error));
    process.exit(1);
  }
}

async function readConfiguration(commandLine: CommandLine, log: LogFile): Promise<Settings> {
  let config: Config;
  try {
    config = await loadConfig(commandLine, log);
  } catch (error) {
    throw new StartRefused(`Configuration: ${(error as Error).message}`);
  }
  log.info('js7.common.system.startup.ServiceMain', `config=${commandLine.configDirectory} data=${commandLine.dataDirectory}`);
  const settings = readSettings(config, commandLine.configDirectory, commandLine.id);
  if (settings.trustedKeys.length === 0)
    throw new StartRefused('No trusted signature keys - Configure one with js7.configuration.trusted-signature-keys!');
  for (const error of settings.userErrors) log.error('js7.common.auth.IdToUser', error);
  return settings;
}

void main();
