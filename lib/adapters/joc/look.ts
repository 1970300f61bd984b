import 'server-only';
import type { JocFacts, JocSees } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import { type Own, readActive, readComponents, readIds, readLicence, readManage, readProperties, readSurvey, readVersion } from './answers';
import type { Answer, Http } from './http';
import { oddProblem, refusalProblem } from './refusals';
import type { Session } from './session';

/** For what JOC knows by itself. */
const READ_MS = 5000;
/** For what it asks Controllers about: it waits 2 s for a connection and 5 s for an answer. */
export const ASKING_MS = 9000;
/** Licence, permissions and settings of JOC are read again after so long: a look in between costs two requests. */
const SETTLED_MS = 5 * 60_000;

type Settled = Own & Pick<JocFacts, 'version' | 'licence'> & { readonly manage: boolean | undefined };

/** The value of a 200 answer, or why there is none. */
export function readAnswer<T>(a: Result<Answer>, url: string, read: (text: string) => T | undefined): Result<T> {
  if (!a.ok) return a;
  if (a.value.status !== 200) return err(refusalProblem(a.value, url));
  const value = read(a.value.text);
  return value === undefined ? err(oddProblem(a.value, url)) : ok(value);
}

export function createLook(http: Http, session: Session, now: () => number) {
  let settled: { readonly value: Settled; readonly at: number; readonly login: number } | undefined;
  const ask = (path: string, body?: unknown, limitMs = READ_MS) => session.ask({ path, limitMs, ...(body !== undefined && { body }) });

  async function settle(): Promise<Result<Settled>> {
    if (settled && settled.login === session.generation() && Math.abs(now() - settled.at) < SETTLED_MS) return ok(settled.value);
    const [properties, licence, version, tree] = await Promise.all([
      ask('joc/properties'),
      ask('joc/license'),
      ask('version'),
      ask('authentication/joc_cockpit_permissions'),
    ]);
    const own = readAnswer(properties, http.url, readProperties);
    if (!own.ok) return own;
    const v = readAnswer(version, http.url, readVersion);
    if (!v.ok) return v;
    const value: Settled = {
      ...own.value,
      version: v.value,
      // Older ones know no licence route: not known, then.
      licence: licence.ok && licence.value.status === 200 ? readLicence(licence.value.text) : { type: 'unknown' },
      manage: tree.ok && tree.value.status === 200 ? readManage(tree.value.text) : undefined,
    };
    settled = { value, at: now(), login: session.generation() };
    return ok(value);
  }

  async function look(): Promise<Result<JocFacts>> {
    // Alone and first: it logs in where needed, and what it says of JOC costs nothing more where JOC is away.
    const first = await ask('joc/is_active');
    const active = readAnswer(first, http.url, readActive);
    if (!active.ok) return active;
    const asked = now();
    const ids = await ask('controller/ids');
    const latencyMs = Math.max(0, now() - asked);
    // 403: no Controller, or none that the account may see.
    const known: Result<readonly string[]> =
      ids.ok && ids.value.status === 403
        ? ok([])
        : readAnswer(ids, http.url, (t) => readIds(t) ?? (t.includes('deliveryDate') ? [] : undefined));
    if (!known.ok) return known;
    const rest = await settle();
    if (!rest.ok) return rest;
    const { manage, ...facts } = rest.value;
    const mayManage = manage === undefined ? 'unknown' : !manage ? 'no' : session.underApproval() ? 'approval' : 'yes';
    return ok({ url: http.url, ...facts, active: active.value, mayManage, controllerIds: known.value, latencyMs });
  }

  async function see(controllerId: string): Promise<Result<JocSees | 'not-registered'>> {
    const [components, agents] = await Promise.all([
      ask('controller/components', { controllerId }, ASKING_MS),
      ask('agents', { controllerId }, ASKING_MS),
    ]);
    // No stable part of the API: where it is missing, the list that has been there always.
    const missing = components.ok && [404, 405].includes(components.value.status);
    const seen = readAnswer(missing ? await ask('controllers', { controllerId }, ASKING_MS) : components, http.url, readComponents);
    if (!seen.ok) return seen;
    if (seen.value.nodes.length === 0) return ok('not-registered');
    const proxyAt = agents.ok && agents.value.status === 200 ? readSurvey(agents.value.text) : undefined;
    return ok({ controllerId, ...seen.value, ...(proxyAt !== undefined && { proxyAt }) });
  }
  return { look, see };
}
