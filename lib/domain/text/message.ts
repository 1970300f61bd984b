/**
 * Words for people. The domain says *what* is meant (key, parameters); the catalogue of a language says how it reads.
 * A parameter with `as` is formatted where it is shown (time zone of the viewer); names are shown monospaced.
 */
export type Param =
  | string
  | number
  | { readonly as: 'name' | 'code'; readonly value: string }
  /** `time`, `ago` and `for` take a point in time (epoch ms; `for` reads "16 min" and counts on), `duration` a length in ms. */
  | { readonly as: 'time' | 'ago' | 'for' | 'duration' | 'bytes' | 'count'; readonly value: number };

export interface Message {
  readonly key: string;
  readonly params?: Readonly<Record<string, Param>>;
}

/** A piece of a rendered message: text, or a parameter still to be formatted or set in another face. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'param'; readonly param: Exclude<Param, string | number> };

export type Catalogue = Readonly<Record<string, string>>;

/** Splits a catalogue text such as `Start {name} again` into parts. An unknown key or a missing parameter is shown as it is, never dropped. */
export function parts(message: Message, catalogue: Catalogue): Part[] {
  const template = catalogue[message.key] ?? message.key;
  return template
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece): Part => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      const param = name === undefined ? undefined : message.params?.[name];
      if (param === undefined) return { kind: 'text', text: piece };
      return typeof param === 'object' ? { kind: 'param', param } : { kind: 'text', text: String(param) };
    });
}
