/** The commands of `handover` and their options. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { openApi } from './api';
import { guard, status } from './commands/clusters';
import { jocFollow, jocStatus } from './commands/joc';
import { plan, preflight, switchOver } from './commands/prepare';
import { byHand, type Chosen, report, resume, run, runs, undo } from './commands/runs';
import { type ConnectOptions, connect } from './connection';
import { EXIT_TEXT, type ExitCode } from './exit';
import type { Context, Terminal } from './terminal';

const list = (text: string): string[] =>
  text
    .split(',')
    .map((t) => t.trim())
    .filter(Boolean);
const filled = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text.trim();
};
const minutes = (text: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(text.trim())) throw new InvalidArgumentError('Whole minutes, at least 1.');
  return Number(text);
};
const from = (): Option =>
  new Option('--from <slot>', 'the side that has the journal now (without it: the active one)').choices(['primary', 'secondary']);
const json = (): Option => new Option('--json', 'print JSON');
const yes = (): Option => new Option('--yes', 'do not ask; for scripts');
const stay = (): Option => new Option('--no-follow', 'do not wait for the end');
/** One thing under both names: a person need not remember which command calls it how. */
const why = (): Option => new Option('--why <text>', 'why, for report and audit log');
const reason = (): Option => new Option('--reason <text>', 'the same as --why').conflicts('why');
const named = (o: Chosen & { reason?: string }): Chosen => (o.reason === undefined ? o : { ...o, why: o.reason });

/** `done` gets the exit code of the command that ran. */
export function createProgram(
  terminal: Terminal,
  env: Readonly<Record<string, string | undefined>>,
  version: string,
  done: (code: ExitCode) => void,
): Command {
  const program = new Command('handover')
    .description(
      'Handover at the command line. It speaks to the running Handover, which alone holds locks and logs; without one it does nothing.',
    )
    .version(version)
    .option('--data <folder>', 'data folder of the running Handover (HANDOVER_DATA, else ./data)')
    .option('--url <address>', 'its address (HANDOVER_URL, else as noted in the data folder)')
    .option('--as <name>', 'your name for audit log and report (else the name of the account on this machine)')
    .exitOverride()
    .configureOutput({ writeOut: (t) => terminal.out(t.trimEnd()), writeErr: (t) => terminal.note(t.trimEnd()) })
    .addHelpText('after', `\nExit codes:\n${EXIT_TEXT.map(([code, text]) => `  ${code}  ${text}`).join('\n')}`);

  const context = (o: { json?: boolean }): Context => ({
    terminal,
    json: o.json ?? false,
    api: () => openApi(connect(program.opts<ConnectOptions>(), env)),
  });
  const command = (form: string, about: string): Command => program.command(form).description(about).addOption(json());

  command('status [cluster]', 'all clusters, or one with both instances').action(async (cluster, o) =>
    done(await status(context(o), cluster)),
  );
  command('preflight <cluster>', 'measure all checks of a switch-over now')
    .addOption(from())
    .action(async (cluster, o) => done(await preflight(context(o), cluster, o)));
  command('plan <cluster>', 'the steps a switch-over would take now')
    .addOption(from())
    .addOption(new Option('--markdown', 'the whole plan as a document, with the commands to do it by hand').conflicts('json'))
    .action(async (cluster, o) => done(await plan(context(o), cluster, o)));
  command('switch-over <cluster>', 'move the work to the other instance')
    .addOption(from())
    .addOption(new Option('--reason <text>', 'why; stays in report and audit log (needed)').argParser(filled).conflicts('why'))
    .addOption(new Option('--why <text>', 'the same as --reason').argParser(filled))
    .option('--ticket <text>', 'number or link of a ticket')
    .option('--time-spent <minutes>', 'for the report, as JOC Cockpit asks for it', minutes)
    .option('--accept <ids>', 'warnings that you accept, ids separated by commas', list)
    .addOption(yes())
    .option('--expect-active <name>', 'the container that is active now; refused if it is another one')
    .addOption(stay())
    .action(async (cluster, { why, ...o }, self: Command) => {
      const reason = o.reason ?? why;
      if (reason === undefined)
        self.error("error: required option '--reason <text>' not specified", { code: 'commander.missingMandatoryOptionValue' });
      done(await switchOver(context(o), cluster, { ...o, reason }));
    });
  command('resume <run>', 'continue a run that waits')
    .addOption(why())
    .addOption(reason())
    .addOption(yes())
    .addOption(stay())
    .action(async (id, o) => done(await resume(context(o), id, named(o))));
  command('undo <run>', 'take a run back, up to the point of no return')
    .addOption(why())
    .addOption(reason())
    .addOption(yes())
    .addOption(stay())
    .action(async (id, o) => done(await undo(context(o), id, named(o))));
  command('by-hand <run>', 'take a run over by hand, and print the commands that remain')
    .option('--done', 'say that it is finished: the lock is released')
    .addOption(why())
    .addOption(reason())
    .addOption(yes())
    .action(async (id, o) => done(await byHand(context(o), id, named(o))));
  command('runs', 'runs, newest first')
    .option('--cluster <cluster>', 'of this one only')
    .option('--limit <n>', 'at most this many')
    .action(async (o) => done(await runs(context(o), o)));
  command('run <run>', 'follow a run live')
    .addOption(stay())
    .action(async (id, o) => done(await run(context(o), id, o)));
  command('report <run>', 'the report of a run, as Markdown or JSON')
    .addOption(new Option('--markdown', 'as Markdown (without an option too)').conflicts('json'))
    .action(async (id, o) => done(await report(context(o), id)));
  command('guard', 'what the guard sees; for monitoring, by its exit code').action(async (o) => done(await guard(context(o))));
  const joc = program.command('joc').description('JOC Cockpit: what it has registered of a cluster, and making it follow');
  joc
    .command('status <cluster>')
    .description('registration beside reality; exit code 1 where something differs or JOC Cockpit does not answer')
    .addOption(json())
    .action(async (cluster, o) => done(await jocStatus(context(o), cluster)));
  joc
    .command('follow <cluster>')
    .description('make JOC Cockpit follow the live Controller now, and prove it; nothing is changed where it does')
    .addOption(new Option('--reason <text>', 'for JOC Cockpit’s audit log').argParser(filled).conflicts('why'))
    .addOption(new Option('--why <text>', 'the same as --reason').argParser(filled))
    .option('--ticket <link>', 'link of a ticket, for the same')
    .option('--time-spent <minutes>', 'for the same', minutes)
    .option(
      '--may-interrupt',
      'the stable name may be given to the live container while it runs: its connections in that network are cut for a moment',
    )
    .addOption(yes())
    .addOption(json())
    .action(async (cluster, o) => done(await jocFollow(context(o), cluster, { ...o, ...(o.why !== undefined && { reason: o.why }) })));
  return program;
}
