import type { registrationTexts } from '../text/en/registration';
import type { Message, Param } from '../text/message';
import type { ParamNames } from '../text/say';

type Texts = typeof registrationTexts;
type Key = keyof Texts;
type ParamsOf<K extends Key> = [ParamNames<Texts[K]>] extends [never] ? [] : [params: Readonly<Record<ParamNames<Texts[K]>, Param>>];

/** A message of the catalogue of registration. The compiler holds that the key exists and that every parameter of its text is given. */
export function tell<K extends Key>(key: K, ...[params]: ParamsOf<K>): Message {
  return params === undefined ? { key } : { key, params };
}
