import type { Message, Param } from '@/lib/domain/text/message';
import type { ParamNames } from '@/lib/domain/text/say';

type Needs<Text extends string, V> = [ParamNames<Text>] extends [never] ? [] : [params: Readonly<Record<ParamNames<Text>, V>>];

/** Keys of the texts without parameters. */
export type Plain<C> = { [K in keyof C]: [ParamNames<C[K] & string>] extends [never] ? K : never }[keyof C];

/** The functions that read a catalogue. The compiler knows its keys and which parameters each text needs. */
export function texts<C extends Readonly<Record<string, string>>>(catalogue: C) {
  type Key = keyof C & string;
  return {
    /** A text as a plain string, for labels and attributes. */
    t<K extends Key>(key: K, ...[params]: Needs<C[K], string | number>): string {
      const values: Readonly<Record<string, string | number>> = params ?? {};
      return (catalogue[key] as string).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
    },
    /** The same as a message for `<Text>`, where a parameter is a name, a time or an age. */
    m<K extends Key>(key: K, ...[params]: Needs<C[K], Param>): Message {
      return { key, ...(params !== undefined && { params }) };
    },
    /** One or many; both texts take {n}. */
    counted(n: number, one: Key, many: Key): string {
      return (catalogue[n === 1 ? one : many] as string).replaceAll('{n}', String(n));
    },
  };
}
