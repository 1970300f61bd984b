/** `handover`: see program.ts. The version is put in by the build (scripts/build-cli.mjs). */
import { CommanderError } from 'commander';
import { EXIT, type ExitCode, Stop } from './exit';
import { createProgram } from './program';
import { openTerminal } from './terminal';
import { clean } from './words';

declare const HANDOVER_VERSION: string;

const terminal = openTerminal();
let code: ExitCode = EXIT.ok;
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (e: NodeJS.ErrnoException) => process.exit(e.code === 'EPIPE' ? EXIT.ok : EXIT.failed));
try {
  const program = createProgram(terminal, process.env, HANDOVER_VERSION, (c) => {
    code = c;
  });
  await program.parseAsync();
} catch (e) {
  code = failed(e);
}
process.exitCode = code;

function failed(e: unknown): ExitCode {
  if (e instanceof CommanderError) return e.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (e instanceof Stop) {
    terminal.note([e.message, ...(e.remedy ? [e.remedy] : [])].map(clean).join('\n'));
    return e.code;
  }
  terminal.note(`handover failed: ${e instanceof Error ? e.message : String(e)}`);
  return EXIT.failed;
}
