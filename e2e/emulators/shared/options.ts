/** Command lines of the form `--name=value`, as the real programs take them (controller-api 10.1). */
export class UsageError extends Error {}

export interface ParsedOptions {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** `-Dkey=value`: Java system properties, which override the configuration files (controller-api 5). */
  readonly properties: readonly (readonly [string, string])[];
}

/** Unknown arguments are an error, as in the real program. */
export function parseOptions(args: readonly string[], known: readonly string[]): ParsedOptions {
  const values = new Map<string, string[]>();
  const properties: [string, string][] = [];
  for (const arg of args) {
    const property = /^(?:-J)?-D([^=]+)=(.*)$/s.exec(arg);
    const option = /^--([a-z-]+)=(.*)$/s.exec(arg);
    if (property) properties.push([property[1] ?? '', property[2] ?? '']);
    else if (/^-J/.test(arg)) continue;
    else if (option && known.includes(option[1] ?? ''))
      values.set(option[1] ?? '', [...(values.get(option[1] ?? '') ?? []), option[2] ?? '']);
    else throw new UsageError(`Unknown command line argument: ${arg}`);
  }
  return { values, properties };
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `[addr:]port`, the address 0.0.0.0 by default. */
export function parseAddress(text: string): Address {
  const match = /^(?:(.+):)?(\d+)$/.exec(text);
  if (!match) throw new UsageError(`Invalid port: ${text}`);
  return { host: (match[1] ?? '0.0.0.0').replace(/^\[|\]$/g, ''), port: Number(match[2]) };
}
