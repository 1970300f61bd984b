import type { clusterTexts } from './en/cluster';
import type { Message, Param } from './message';

/** Names of the parameters in a catalogue text, read from its type: `Start {name}` → 'name'. */
export type ParamNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never;

type Texts = typeof clusterTexts;
type ClusterKey = keyof Texts;
type ParamsOf<K extends ClusterKey> = [ParamNames<Texts[K]>] extends [never] ? [] : [params: Readonly<Record<ParamNames<Texts[K]>, Param>>];

/** A message of the cluster catalogue. The compiler holds that the key exists and that every parameter of its text is given. */
export function say<K extends ClusterKey>(key: K, ...[params]: ParamsOf<K>): Message {
  return params === undefined ? { key } : { key, params };
}

export const name = (value: string): Param => ({ as: 'name', value });
export const code = (value: string): Param => ({ as: 'code', value });
export const time = (value: number): Param => ({ as: 'time', value });
export const ago = (value: number): Param => ({ as: 'ago', value });
export const lasting = (since: number): Param => ({ as: 'for', value: since });
export const count = (value: number): Param => ({ as: 'count', value });
