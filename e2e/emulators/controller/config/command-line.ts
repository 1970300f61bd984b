/** The command line of `js7.controller.ControllerMain` (controller-api 10.1). */
import path from 'node:path';
import { type Address, parseAddress, parseOptions, UsageError } from '../../shared/options';

export interface CommandLine {
  readonly configDirectory: string;
  readonly dataDirectory: string;
  readonly logsDirectory: string;
  readonly http: readonly Address[];
  readonly https: readonly Address[];
  readonly id: string | undefined;
  readonly properties: readonly (readonly [string, string])[];
}

const KNOWN = ['config-directory', 'data-directory', 'logs-directory', 'http-port', 'https-port', 'id'];

export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, properties } = parseOptions(args, KNOWN);
  const one = (name: string): string | undefined => values.get(name)?.at(-1);
  const required = (name: string): string => {
    const value = one(name);
    if (value === undefined) throw new UsageError(`Missing command line argument: --${name}=`);
    return path.resolve(value);
  };
  const dataDirectory = required('data-directory');
  return {
    configDirectory: required('config-directory'),
    dataDirectory,
    logsDirectory: path.resolve(one('logs-directory') ?? path.join(dataDirectory, 'logs')),
    http: (values.get('http-port') ?? []).map(parseAddress),
    https: (values.get('https-port') ?? []).map(parseAddress),
    id: one('id'),
    properties,
  };
}
