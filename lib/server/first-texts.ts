import 'server-only';
import { en } from '../domain/text/en';
import type { Catalogue } from '../domain/text/message';

/** The texts of all messages in `data` (plain JSON). Keys without a text are left out. */
export function textsIn(data: unknown): Catalogue {
  const found: Record<string, string> = {};
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { key } = value as { key?: unknown };
    const text = typeof key === 'string' ? en[key] : undefined;
    if (text !== undefined) found[key as string] = text;
    for (const part of Object.values(value)) walk(part);
  };
  walk(data);
  return found;
}
