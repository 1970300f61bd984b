import { ui } from '@/lib/domain/text/en/ui';
import type { Message, Param } from '@/lib/domain/text/message';

export type UiKey = keyof typeof ui;
type Named<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Named<Rest> : never;
/** Texts without parameters. */
export type PlainKey = { [K in UiKey]: [Named<(typeof ui)[K]>] extends [never] ? K : never }[UiKey];
type Needs<K extends UiKey, V> = [Named<(typeof ui)[K]>] extends [never] ? [] : [params: Readonly<Record<Named<(typeof ui)[K]>, V>>];

/** A text of the pages as a plain string, for labels and attributes. The compiler knows which parameters it needs. */
export function t<K extends UiKey>(key: K, ...[params]: Needs<K, string | number>): string {
  const values: Readonly<Record<string, string | number>> = params ?? {};
  return ui[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The same as a message for `<Text>`, where a parameter is a name, a time or an age. */
export const m = <K extends UiKey>(key: K, ...[params]: Needs<K, Param>): Message => ({ key, ...(params !== undefined && { params }) });

/** One or many: `count(3, 'ui.clusters.alarm.one', 'ui.clusters.alarm.many')`. Both texts take {n}. */
export function counted(n: number, one: UiKey, many: UiKey): string {
  return ui[n === 1 ? one : many].replaceAll('{n}', String(n));
}
