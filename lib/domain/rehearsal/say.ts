import type { rehearsalTexts } from '../text/en/rehearsal';
import type { Message, Param } from '../text/message';
import type { ParamNames } from '../text/say';

type Texts = typeof rehearsalTexts;
export type RehearsalKey = keyof Texts;

/** A message of the rehearsal's texts. The compiler holds that the key exists and that all parameters are given. */
export function say<K extends RehearsalKey>(
  key: K,
  ...[params]: [ParamNames<Texts[K]>] extends [never] ? [] : [params: Readonly<Record<ParamNames<Texts[K]>, Param>>]
): Message {
  return params === undefined ? { key } : { key, params };
}
