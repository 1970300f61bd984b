import 'server-only';
import type { Container } from 'dockerode';
import { type Problem, problem } from '../../domain/errors';
import type { RestartPolicy } from '../../domain/instance/instance';
import { ok, type Result } from '../../domain/result';
import { type Connection, meaning } from './connection';
import { needByName, notFound } from './look';
import { statusOf, wordsOf } from './problems';

/** 304: it was so already. dockerode rejects it. */
const unchanged = (e: unknown) => {
  if (statusOf(e) !== 304) throw e;
};

/** Acts on the container by its id, after its name was checked: by name alone Docker would also take the beginning of another one's id. */
async function act(
  c: Connection,
  name: string,
  doing: string,
  limitMs: number,
  work: (container: Container, signal: AbortSignal) => Promise<unknown>,
): Promise<Result<void>> {
  const seen = await needByName(c, name);
  if (!seen.ok) return seen;
  const done = await c.call(`${doing} "${name}"`, limitMs, (docker, signal) =>
    meaning(work(docker.getContainer(seen.value.Id), signal), (status) => (status === 404 ? notFound(c, name) : undefined)),
  );
  return done.ok ? ok(undefined) : done;
}

export const start = (c: Connection, name: string): Promise<Result<void>> =>
  act(c, name, 'starting', c.limits.change, (container, abortSignal) =>
    meaning(container.start({ abortSignal }).catch(unchanged), (_, e) => portTaken(c, name, wordsOf(e))),
  );

/** Where the engine's words say that a port of the host is taken: which, as far as they tell. The words differ by version, and by who has it (control.test.ts). */
export function takenPort(words: string): { readonly host?: string; readonly port?: string } | undefined {
  if (!/port is already allocated|address already in use/i.test(words)) return undefined;
  const [, host, port] = /(?:Bind for|listen \w+|bind host port(?: for)?) (\S*?):(\d+)\b/i.exec(words) ?? [];
  return { ...(host && { host }), ...(port && { port }) };
}

function portTaken(c: Connection, name: string, words: string): Problem | undefined {
  const taken = takenPort(words);
  if (!taken) return undefined;
  const { host = 'the host', port } = taken;
  return problem('PORT_TAKEN', `"${name}" was not started: ${port ? `port ${port}` : 'a port'} on ${host} of ${c.where} is taken.`, {
    remedy: 'Another container, or another program on that host, has it. End that, or create the container again with another port.',
    detail: words,
  });
}

export const stop = (c: Connection, name: string, timeoutSeconds: number): Promise<Result<void>> =>
  act(c, name, 'stopping', timeoutSeconds * 1000 + c.limits.afterStop, (container, abortSignal) =>
    container.stop({ t: timeoutSeconds, abortSignal }).catch(unchanged),
  );

export const setRestartPolicy = (c: Connection, name: string, policy: RestartPolicy): Promise<Result<void>> =>
  act(c, name, 'setting the restart policy of', c.limits.change, (container, abortSignal) => {
    const retries = policy.name === 'on-failure' ? (policy.maxRetries ?? 0) : 0;
    const asked = container.update({ RestartPolicy: { Name: policy.name, MaximumRetryCount: retries }, abortSignal });
    return meaning(asked, (_, e) =>
      /AutoRemove/i.test(wordsOf(e))
        ? problem(
            'INSTANCE_REMOVED_ON_STOP',
            `"${name}" was made with --rm: Docker gives it no restart policy, and removes it when it stops.`,
            {
              remedy: 'Create the container again without --rm, on the same volumes.',
            },
          )
        : undefined,
    );
  });
