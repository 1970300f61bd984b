/** What a command has of the world: its output, its questions, its Handover. Given, so that tests can give their own. */
import { createInterface } from 'node:readline/promises';
import type { Api } from './api';
import { EXIT, Stop } from './exit';

export interface Terminal {
  out(text: string): void;
  note(text: string): void;
  /** A person can answer. */
  readonly asks: boolean;
  question(text: string): Promise<string>;
}
export interface Context {
  readonly terminal: Terminal;
  /** Address and token are read anew each time: both change when Handover is started again. Help needs none. */
  api(): Api;
  /** Machine-readable output is wanted. */
  readonly json: boolean;
}

export function openTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    asks: process.stdin.isTTY === true && process.stderr.isTTY === true,
    async question(text) {
      const reader = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return (await reader.question(text)).trim();
      } finally {
        reader.close();
      }
    },
  };
}

/** `rows` for people, `value` as JSON for programs. */
export function print({ terminal, json }: Context, value: unknown, rows: () => string): void {
  terminal.out(json ? JSON.stringify(value, null, 2) : rows());
}

/** A yes of a person at the terminal, or `--yes`. */
export async function confirm({ terminal }: Context, yes: boolean | undefined, text: string): Promise<void> {
  if (yes) return;
  if (!terminal.asks) throw new Stop(EXIT.usage, 'Nobody can be asked here.', 'Scripts confirm with --yes.');
  if (!/^y(es)?$/i.test(await terminal.question(`${text} [y/N] `))) throw new Stop(EXIT.usage, 'Nothing was done.');
}
