import 'server-only';
import type { z } from 'zod';
import { openJoc } from '../../adapters/joc/client';
import type { JocAnswer, JocInput, JocTestAnswer, JocTestInput } from '../../contract/joc';
import { problem } from '../../domain/errors';
import { findJocContainer } from '../../domain/joc/container';
import type { JocFacts, JocSettings } from '../../domain/joc/joc';
import { tell } from '../../domain/joc/told';
import { err, ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import { code } from '../../domain/text/say';
import type { FieldProblem } from '../answer';
import type { Runtime } from '../runtime';
import { newSlug } from '../slug';
import { jocAnswers, tellJocs } from './answers';
import { hostsOf } from './hosts';

type Input = z.output<typeof JocInput>;
const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no JOC Cockpit "${id}".`));

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value ? ({ [key]: value } as Record<K, string>) : {};

/** Secrets that are left out are the stored ones, as long as they would be sent to the same address for the same account. */
function settingsOf(input: Input, was: JocSettings | undefined): Omit<JocSettings, 'id' | 'createdAt'> {
  const same = was && was.url === input.url && was.user === input.user;
  const sameKey = was && was.url === input.url && (was.clientCert ?? '') === (input.clientCert ?? '');
  return {
    name: input.name,
    url: input.url,
    user: input.user,
    ...given('password', input.password ?? (same ? was.password : undefined)),
    ...given('ca', input.ca),
    ...given('clientCert', input.clientCert),
    ...given('clientKey', input.clientKey ?? (sameKey ? was.clientKey : undefined)),
  };
}

function taken({ store }: Runtime, input: Input, own?: string): Result<never, FieldProblem> | undefined {
  const others = store.jocs.all().filter((j) => j.id !== own);
  const name = others.find((j) => j.name.toLowerCase() === input.name.toLowerCase());
  if (name) return err({ ...problem('CONFLICT', `There is a JOC Cockpit named "${name.name}" already.`), fields: { name: 'Taken' } });
  const url = others.find((j) => j.url.toLowerCase() === input.url.toLowerCase());
  return (
    url &&
    err({ ...problem('CONFLICT', `The JOC Cockpit "${url.name}" has this address already.`), fields: { url: `Taken by ${url.name}` } })
  );
}

export function addJoc(runtime: Runtime, input: Input): Result<JocAnswer, FieldProblem> {
  const conflict = taken(runtime, input);
  if (conflict) return conflict;
  const id = newSlug(input.name, (other) => runtime.store.jocs.get(other) !== undefined);
  return save(runtime, { id, ...settingsOf(input, undefined), createdAt: runtime.clock.now() });
}

export function changeJoc(runtime: Runtime, id: string, input: Input): Result<JocAnswer, FieldProblem> {
  const was = runtime.store.jocs.get(id);
  if (!was) return notKnown(id);
  return taken(runtime, input, id) ?? save(runtime, { id, ...settingsOf(input, was), createdAt: was.createdAt });
}

function save(runtime: Runtime, settings: JocSettings): Result<JocAnswer> {
  const was = runtime.store.jocs.get(settings.id);
  const found = findJocContainer(settings.url, runtime.live.watcher.instances(), hostsOf(runtime));
  const container = found ?? (was?.url === settings.url ? was.container : undefined);
  runtime.store.jocs.save({ ...settings, ...(container && { container }) });
  runtime.jocs.reload(settings.id);
  const saved = jocAnswers(runtime).find((j) => j.id === settings.id);
  return saved ? ok(saved) : notKnown(settings.id);
}

/** Nothing in JOC Cockpit is touched: its registrations stay. */
export function removeJoc(runtime: Runtime, id: string): Result<void> {
  const was = jocAnswers(runtime).find((j) => j.id === id);
  if (!was) return notKnown(id);
  if (was.clusters.length > 0) {
    const remedy = 'Unregister these clusters first, or register them with another JOC Cockpit.';
    return err(problem('CONFLICT', `The JOC Cockpit "${was.name}" is used by ${was.clusters.join(', ')}.`, { remedy }));
  }
  runtime.store.jocs.remove(id);
  runtime.jocs.reload();
  tellJocs(runtime);
  return ok(undefined);
}

/** Asks once, with a connection and a session of its own; a refusal is an answer, not an error. */
export async function testJoc(runtime: Runtime, input: z.output<typeof JocTestInput>): Promise<Result<JocTestAnswer>> {
  const was = input.id === undefined ? undefined : runtime.store.jocs.get(input.id);
  const client = openJoc({ id: 'test', ...settingsOf(input, was), createdAt: 0 });
  try {
    const facts = await client.look();
    const hints = hintsOf(input.url, facts.ok ? facts.value : undefined);
    return ok(facts.ok ? { ok: true, facts: facts.value, hints } : { ok: false, problem: facts.error, hints });
  } finally {
    await client.close();
  }
}

function hintsOf(url: string, facts: JocFacts | undefined): readonly Message[] {
  return [
    ...(url.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/i.test(url) ? [tell('reg.joc.plain', { url: code(url) })] : []),
    ...(facts && !facts.active ? [tell('reg.joc.standby')] : []),
    ...(facts?.mayManage === 'no' ? [tell('reg.joc.may-not')] : []),
    ...(facts?.mayManage === 'approval' ? [tell('reg.joc.approval')] : []),
    ...(facts?.mayManage === 'unknown' ? [tell('reg.joc.may-unknown')] : []),
  ];
}
