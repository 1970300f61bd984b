import 'server-only';
import { type Problem, problem } from '../../domain/errors';
import type { JocFollow, JocSees } from '../../domain/joc/joc';
import { sameUrl } from '../../domain/joc/leads';
import { tell } from '../../domain/joc/told';
import { err, ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import { code, time } from '../../domain/text/say';
import type { JocClient } from '../../ports/joc';
import { carryAlias } from './alias';
import { type Applied, applied } from './apply';
import type { Followed, FollowInput, FollowJoc, JocPorts } from './ports';
import { isRegistered, proxyFollows, seeUntil } from './proof';

/** A proxy couples 0.3-2 s after an update (joc-proved N5), and up to about 5 s after a start (N16). Where another spelling is left it is tried sooner. */
const PROOF_MS = 15_000;
const SOON_MS = 7_000;
/** A name that leads elsewhere now: Java keeps an address it looked up for 30 s, and JOC's next try may be 5 s later. */
const NAME_MS = 45_000;

/** See FollowJoc (ports.ts). */
export const followJoc =
  (ports: JocPorts): FollowJoc =>
  async (o) => {
    const client = ports.client(o.joc.jocId);
    if (!client)
      return err(
        problem('NOT_FOUND', 'The JOC Cockpit that this cluster is registered with is not connected any more.', {
          remedy: 'Connect it again, or register the cluster with another one.',
        }),
      );
    const evidence: Message[] = [];
    if (o.joc.follow.kind === 'name') {
      const carried = await carryAlias(ports)({
        cluster: o.cluster,
        to: o.live,
        joc: o.joc,
        ...(o.mayInterrupt && { mayInterrupt: true }),
      });
      if (!carried.ok) return carried;
      evidence.push(...carried.value.evidence);
    }
    const first = await client.see(o.cluster.controllerId);
    if (!first.ok) return first;
    if (first.value === 'not-registered')
      return err(
        problem(
          'JOC_UNKNOWN_CONTROLLER',
          `JOC Cockpit does not know the Controller ${o.cluster.controllerId} any more: somebody unregistered it.`,
          { remedy: 'Register the cluster again.' },
        ),
      );
    if (o.joc.follow.kind === 'cluster' || first.value.nodes.length > 1) return bothRegistered(ports, client, o, first.value);
    return walk({ ports, client, o, evidence }, first.value);
  };

interface Walk {
  readonly ports: JocPorts;
  readonly client: JocClient;
  readonly o: FollowInput;
  readonly evidence: Message[];
}

/** The addresses under which JOC may have the live one, the preferred first. */
export function spellings(follow: JocFollow, live: FollowInput['live']): readonly string[] {
  if (follow.kind === 'update') return follow.urls[live] ?? [];
  return follow.kind === 'cluster' ? [follow.urls[live]] : [follow.url];
}

/**
 * What is registered is waited for first, where it is an address of the live one. Then one spelling after the other: tested from JOC, stored, proved. The defect
 * "there and back" (joc-proved N1) shows as a proxy that stays behind: the next spelling helps.
 */
async function walk(w: Walk, first: JocSees): Promise<Result<Followed>> {
  const { o } = w;
  const wanted = spellings(o.joc.follow, o.live);
  if (wanted.length === 0)
    return err(
      problem('CONFLICT', `No URL of the ${o.live} is saved under which JOC Cockpit reaches it.`, {
        remedy: 'Open the registration and give one.',
      }),
    );
  const now = first.nodes[0]?.url ?? '';
  const already = wanted.find((u) => sameUrl(u, now));
  const others = wanted.filter((u) => u !== already);
  let why: Problem = behind(w);
  if (already !== undefined) {
    w.evidence.push(tell('reg.follow.already', { url: code(now) }));
    const patience = others.length > 0 ? SOON_MS : o.joc.follow.kind === 'update' ? PROOF_MS : NAME_MS;
    const proved = await prove(w, already, Math.min(patience, o.proofMs ?? NAME_MS));
    if (proved) return proved;
  }
  let registered = now;
  for (const [i, url] of others.entries()) {
    if (o.signal.aborted) break;
    const stuck = wanted.some((u) => sameUrl(u, registered));
    const step = await change(w, url, registered, first.nodes[0]?.title);
    if (!step.ok) {
      why = step.error;
      // A refusal of JOC itself is the same for every spelling; one that JOC does not reach is not.
      if (step.error.code !== 'JOC_CONNECTION') return step;
      w.evidence.push(tell('reg.follow.untested', { url: code(url), why: step.error.detail ?? step.error.message }));
      continue;
    }
    if (stuck) w.evidence.push(tell('reg.follow.stuck', { url: code(registered) }));
    w.evidence.push(...step.value.evidence);
    registered = url;
    const proved = await prove(w, url, i === others.length - 1 ? PROOF_MS : SOON_MS);
    if (proved) {
      remember(w, url);
      return proved;
    }
    why = behind(w);
  }
  return err(why);
}

/** JOC answers the test of an address that is no Controller's with an empty ID, and would store it (joc-proved N10). */
export const noId = (url: string): Problem =>
  problem('JOC_CONNECTION', `What answers JOC Cockpit at ${url} tells no Controller ID: it is no Controller.`);

/** Tested first: JOC stores an update to an address where nobody answers with `ok` (joc-proved N10). */
async function change({ ports, client, o }: Walk, url: string, from: string, title: string | undefined): Promise<Result<Applied>> {
  const { controllerId } = o.cluster;
  const found = await client.test({ url, controllerId });
  if (!found.ok) return found;
  if (found.value.controllerId !== controllerId) return err(noId(url));
  const node = { url, role: 'STANDALONE' as const, title: o.joc.captions[o.live] ?? title ?? '' };
  return applied(ports, client, { registration: { controllerId, nodes: [node], audit: o.audit }, from, controllerId, signal: o.signal });
}

async function prove({ ports, client, o, evidence }: Walk, url: string, ms: number): Promise<Result<Followed> | undefined> {
  const { controllerId } = o.cluster;
  const enough = (seen: JocSees) => isRegistered(seen, url) && proxyFollows(seen, o.controllerStartedAt);
  const seen = await seeUntil(ports, client, { controllerId, ms, signal: o.signal, enough });
  if (!seen.ok || seen.value === 'not-registered' || !enough(seen.value)) return undefined;
  const proof = tell('reg.follow.proved', { at: time(seen.value.proxyAt ?? 0), started: time(o.controllerStartedAt) });
  return ok({ evidence: [...evidence, proof], urlNow: url });
}

/** A spelling that helped is the first to be tried next time. */
function remember({ ports, o }: Walk, url: string): void {
  const { follow } = o.joc;
  if (follow.kind !== 'update' || follow.urls[o.live]?.[0] === url) return;
  const urls = [url, ...(follow.urls[o.live] ?? []).filter((u) => u !== url)];
  ports.remember?.(o.cluster.id, { ...o.joc, follow: { ...follow, urls: { ...follow.urls, [o.live]: urls } } });
}

async function bothRegistered(ports: JocPorts, client: JocClient, o: FollowInput, first: JocSees): Promise<Result<Followed>> {
  const { controllerId } = o.cluster;
  const enough = (s: JocSees) => proxyFollows(s, o.controllerStartedAt);
  const seen = enough(first) ? ok(first) : await seeUntil(ports, client, { controllerId, ms: PROOF_MS, signal: o.signal, enough });
  if (!seen.ok) return seen;
  if (seen.value === 'not-registered' || !enough(seen.value)) return err(behind({ o }));
  const proof = tell('reg.follow.proved', { at: time(seen.value.proxyAt ?? 0), started: time(o.controllerStartedAt) });
  const active = seen.value.nodes.find((n) => n.node?.text === 'active') ?? seen.value.nodes[0];
  return ok({ evidence: [tell('reg.follow.both'), proof], urlNow: active?.url ?? '' });
}

const behind = ({ o }: Pick<Walk, 'o'>): Problem =>
  problem(
    'JOC_CONNECTION',
    `JOC Cockpit’s proxy does not follow the ${o.live}: its last event is older than the start of that Controller.`,
    {
      remedy:
        o.joc.follow.kind === 'update'
          ? 'Give the registration another spelling of the address (another alias, or the IP address) and try again; a restart of JOC Cockpit helps too.'
          : 'Check that the registered address leads to the live Controller from where JOC Cockpit is, and try again; a restart of JOC Cockpit helps too.',
    },
  );
