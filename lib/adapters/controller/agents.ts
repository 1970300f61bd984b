import 'server-only';
import type { AgentFacts } from '../../domain/controller/controller';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { ControllerClient } from '../../ports/controller';
import { isSnapshotStart, readAgent, readSubagent } from './answers';
import { failureProblem } from './failures';
import { type Http, readAll } from './http';
import { readLines } from './lines';
import { codeOf, refusalProblem } from './refusals';
import type { Session } from './session';

/** A snapshot holds everything (workflows, orders): it is read to its end, for nothing promises an order of its lines, but not for ever. */
const MAX_BYTES = 16 * 1024 * 1024;
const LIMIT_MS = 5000;
const AGAIN_MS = 1000;
type Answer = Awaited<ReturnType<ControllerClient['agents']>>;

/** Agents from `GET /controller/api/snapshot` (controller-api.md 1.6, 2.7; recordings 11). One request at a time; who asks meanwhile gets its answer. */
export function createAgents(http: Http, session: Session, now: () => number): () => Promise<Answer> {
  let last: { at: number; answer: Promise<Answer> } | undefined;
  return () => {
    if (last && now() - last.at < AGAIN_MS) return last.answer;
    const mine = { at: Number.POSITIVE_INFINITY, answer: readSnapshot(http, session) };
    last = mine;
    void mine.answer.then(() => {
      mine.at = now();
    });
    return mine.answer;
  };
}

async function readSnapshot(http: Http, session: Session): Promise<Answer> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const opened = await open(http, session, limit);
  if (!opened.ok) return limit.aborted || opened.error.code === 'CONTROLLER_TIMEOUT' ? ok('not-in-time') : opened;
  const { body, status, contentType } = opened.value;
  const agents: NonNullable<ReturnType<typeof readAgent>>[] = [];
  const uris = new Map<string, string>();
  let [lines, bytes, odd] = [0, 0, ''];
  const onLine = (line: string): void => {
    if (lines++ === 0 && !isSnapshotStart(line)) odd = line;
    if (line.startsWith('{"TYPE":"AgentRefState"')) {
      const agent = readAgent(line);
      if (agent) agents.push(agent);
      else odd = line;
    } else if (line.startsWith('{"TYPE":"SubagentItemState"')) {
      const subagent = readSubagent(line);
      if (subagent) uris.set(subagent.id, subagent.uri);
    }
  };
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) return;
      yield chunk;
    }
  }
  try {
    if (status !== 200) return err(refusalProblem({ status, contentType, text: await readAll(body) }, http.where));
    await readLines(counted(), MAX_BYTES, onLine);
    if (bytes > MAX_BYTES) return ok('not-in-time');
    if (odd !== '' || lines === 0)
      return err(
        problem('CONTROLLER_ANSWER_ODD', `The snapshot of ${http.where.url} has a form that Handover does not know.`, {
          detail: odd.slice(0, 2000),
        }),
      );
    return ok(agents.map(({ director, ...a }): AgentFacts => ({ ...a, url: uris.get(director ?? '') ?? '' })));
  } catch (e) {
    return limit.aborted ? ok('not-in-time') : err(failureProblem(e, http.where));
  } finally {
    body.on('error', () => {}).destroy();
  }
}

type Opened = Awaited<ReturnType<Http['open']>>;
/** With the account of the access; without a session that still holds, once more with a new one. */
async function open(http: Http, session: Session, signal: AbortSignal): Promise<Opened> {
  const once = async (): Promise<Opened> => {
    const token = await session.token();
    return http.open({
      path: '/controller/api/snapshot',
      accept: 'application/x-ndjson, application/json;q=0.9',
      limitMs: LIMIT_MS,
      idleMs: LIMIT_MS,
      token: token.ok ? token.value : undefined,
      signal,
    });
  };
  const first = await once();
  if (!first.ok || first.value.status !== 403) return first;
  const { status, contentType, body } = first.value;
  const text: Result<string> = await readAll(body).then(ok, (e: unknown) => err(failureProblem(e, http.where)));
  if (!text.ok) return text;
  const answer = { status, contentType, text: text.value };
  if (codeOf(answer) !== 'InvalidSessionToken') return err(refusalProblem(answer, http.where));
  session.forget();
  return once();
}
