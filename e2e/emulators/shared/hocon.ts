/** Real HOCON, read by @pushcorn/hocon-parser. `on` and `yes` stay strings there: JS7 takes true/on/yes alike. */
import parser from '@pushcorn/hocon-parser';
import { configDuration } from './durations';

export type ConfigValue = unknown;

/** A parsed configuration, asked by dotted paths. */
export class Config {
  readonly root: ConfigValue;

  constructor(root: ConfigValue) {
    this.root = root;
  }

  static async parse(text: string): Promise<Config> {
    return new Config(text.trim() === '' ? {} : await parser.parse({ text, strict: true }));
  }

  /** Keys with dots in them (quoted in HOCON) are reached with an array path. */
  get(path: string | readonly string[]): ConfigValue {
    let at: unknown = this.root;
    for (const key of typeof path === 'string' ? path.split('.') : path) {
      if (typeof at !== 'object' || at === null) return undefined;
      at = (at as Record<string, unknown>)[key];
    }
    return at === null ? undefined : at;
  }

  string(path: string): string | undefined {
    const value = this.get(path);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  boolean(path: string, absent: boolean): boolean {
    const value = this.get(path);
    if (value === undefined) return absent;
    if (value === true || value === 'true' || value === 'on' || value === 'yes') return true;
    if (value === false || value === 'false' || value === 'off' || value === 'no') return false;
    throw new Error(`${path} has type STRING rather than BOOLEAN`);
  }

  duration(path: string, absentMs: number): number {
    const value = this.get(path);
    if (value === undefined) return absentMs;
    const ms = configDuration(value);
    if (ms === undefined) throw new Error(`Invalid duration at ${path}: ${String(value)}`);
    return ms;
  }

  strings(path: string): readonly string[] {
    const value = this.get(path);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** The entries of an object, or none. */
  entries(path: string): readonly (readonly [string, ConfigValue])[] {
    const value = this.get(path);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  }
}
