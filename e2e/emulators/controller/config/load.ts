/**
 * Reads the configuration with the real one's precedence (controller-api 5): system property > private.conf > controller.conf. The texts are
 * joined before parsing, so that substitutions reach across the files and the later key wins.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Config } from '../../shared/hocon';
import type { LogFile } from '../../shared/log-file';
import type { CommandLine } from './command-line';

export async function loadConfig(commandLine: CommandLine, log: LogFile): Promise<Config> {
  const texts = [`js7.config-directory = ${JSON.stringify(commandLine.configDirectory)}`];
  for (const file of [path.join('private', 'private.conf'), 'controller.conf']) {
    const full = path.join(commandLine.configDirectory, file);
    if (!fs.existsSync(full)) continue;
    log.info('js7.base.configutils.Configs', `Reading configuration file ${full}`);
    // controller.conf comes first in the text although it is read last: the later text wins.
    texts.splice(1, 0, fs.readFileSync(full, 'utf8'));
  }
  for (const [key, value] of commandLine.properties) texts.push(`${key} = ${JSON.stringify(value)}`);
  return Config.parse(texts.join('\n'));
}
