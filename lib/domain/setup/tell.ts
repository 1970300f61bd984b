import type { making } from '../text/en/making';
import type { Message, Param } from '../text/message';
import type { ParamNames } from '../text/say';

type Texts = typeof making;
type ParamsOf<K extends keyof Texts> = [ParamNames<Texts[K]>] extends [never]
  ? []
  : [params: Readonly<Record<ParamNames<Texts[K]>, Param>>];

/** A message of the set-up's catalogue: the compiler holds that the key exists and that every parameter is given. */
export function tell<K extends keyof Texts>(key: K, ...[params]: ParamsOf<K>): Message {
  return params === undefined ? { key } : { key, params };
}
