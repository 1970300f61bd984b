import 'server-only';
import { randomBytes } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Connection } from './connection';
import type { Running } from './helper';
import { shellBytes, shellWord } from './shell-text';

/** What a script answered. `stdout` is cut at `mostOutput`. */
export interface Answered {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}
export interface Ask {
  readonly limitMs: number;
  readonly mostOutput: number;
  /** Small content that the script takes from the command `content`: any bytes. */
  readonly content?: Uint8Array;
}

/**
 * A shell that stays open in a helper and runs one script after the other, each in a subshell. An exec for every question costs three calls and a new
 * process of the runtime (100 to 300 ms), a question to an open shell a few milliseconds: it is what makes a look before every act affordable.
 * When Handover dies, the engine closes the shell's input and it ends.
 */
export interface Session {
  /** False once its connection has ended. */
  readonly usable: boolean;
  /** One at a time. */
  ask(script: string, args: readonly string[], o: Ask): Promise<Result<Answered>>;
  close(): void;
}

interface Pending {
  readonly out: Buffer[];
  outBytes: number;
  /** The last bytes of standard output, where the end mark stands. */
  tail: string;
  err: string;
  readonly most: number;
  settle(r: Result<number>): void;
}

export async function openSession(
  c: Connection,
  run: (command: readonly string[], o: { stdin: Readable }) => Promise<Result<Running>>,
): Promise<Result<Session>> {
  const input = new PassThrough();
  const started = await run(['sh'], { stdin: input });
  if (!started.ok) return started;
  const { output, abandon } = started.value;
  const mark = randomBytes(16).toString('hex');
  const outEnd = new RegExp(`\\n${mark} (\\d+)\\n$`);
  let usable = true;
  let pending: Pending | undefined;

  function end(why: Problem): void {
    usable = false;
    input.destroy();
    abandon();
    pending?.settle(err(why));
  }
  function take(p: Pending, stream: 'out' | 'err', bytes: Buffer): void {
    if (stream === 'err') {
      p.err = (p.err + bytes.toString()).slice(-1_048_576);
    } else {
      p.tail = (p.tail + bytes.subarray(-64).toString('latin1')).slice(-64);
      const room = p.most + 64 - p.outBytes;
      if (room > 0) p.out.push(bytes.subarray(0, room));
      p.outBytes += bytes.length;
    }
    const code = outEnd.exec(p.tail);
    if (code && p.err.endsWith(`${mark}\n`)) p.settle(ok(Number(code[1])));
  }
  void (async () => {
    try {
      for await (const { stream, bytes } of output) if (pending && bytes.length > 0) take(pending, stream, bytes);
      end(problem('HELPER_FAILED', `The shell in a helper on ${c.where} has ended.`, { remedy: 'Try again.' }));
    } catch (e) {
      end(c.problemOf(e, 'reading the output of a helper'));
    }
  })();

  return ok({
    get usable() {
      return usable;
    },
    async ask(script, args, o) {
      if (!usable || pending) return err(problem('HELPER_FAILED', `The shell in a helper on ${c.where} is not free.`));
      let timer: NodeJS.Timeout | undefined;
      const p: Pending = { out: [], outBytes: 0, tail: '', err: '', most: o.mostOutput, settle: () => undefined };
      const ended = new Promise<Result<number>>((resolve) => {
        p.settle = resolve;
        timer = setTimeout(
          () =>
            end(problem('HELPER_FAILED', `A script in a helper on ${c.where} did not end within ${o.limitMs / 1000} s and was given up.`)),
          o.limitMs,
        );
      });
      pending = p;
      const content = o.content ? `content() { ${shellBytes(o.content)}; }\n` : '';
      input.write(
        `(\n${content}set -- ${args.map(shellWord).join(' ')}\n${script}\n) </dev/null\nprintf '\\n%s %d\\n' ${mark} $?; printf '%s\\n' ${mark} >&2\n`,
      );
      const code = await ended;
      clearTimeout(timer);
      pending = undefined;
      if (!code.ok) return code;
      const length = p.outBytes - `\n${mark} ${code.value}\n`.length;
      return ok({
        exitCode: code.value,
        stdout: Buffer.concat(p.out).subarray(0, Math.min(length, p.most)),
        stderr: p.err.slice(0, -mark.length - 1),
      });
    },
    close() {
      usable = false;
      input.end();
      abandon();
    },
  });
}
