import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { EngineId } from '../../domain/engine/engine';
import { type Problem, problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { explain } from '../../domain/joc/explain';
import { tell } from '../../domain/joc/told';
import { type Proposal, proposedUrls } from '../../domain/joc/urls';
import type { Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import { code } from '../../domain/text/say';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import type { JocClient } from '../../ports/joc';
import { type AccountTried, tryAccounts } from './accounts';
import { fromPeer } from './from-peer';
import { placeOf, type Scene } from './stand';

type Verdict = 'pass' | 'warn' | 'block' | 'unknown';
export interface Vantage {
  readonly from: 'joc' | 'handover' | 'primary' | 'secondary';
  readonly result: Verdict;
  readonly measured: Message;
  readonly code?: string;
}
export interface UrlTested {
  readonly url: string;
  readonly results: readonly Vantage[];
  readonly why: readonly Message[];
  readonly better?: { readonly url: string; readonly why: Message; readonly tested: 'pass' | 'block' | 'unknown' };
  readonly accounts: readonly AccountTried[];
}
interface Deps {
  readonly client: JocClient;
  readonly openController: OpenController;
  engine(id: EngineId): Engine | undefined;
  readonly cluster: Cluster;
  readonly scene: Scene;
  /** All containers that are known. */
  readonly instances: readonly Instance[];
  readonly now: () => number;
}
/** So many other URLs are tried from JOC: each that nobody answers at costs it up to 5 s. */
const TRIES = 2;

/**
 * One URL from everywhere from where it will be used, why it does not work, and what would. Changes nothing. `peer`: the other Controller uses it too, as those
 * of a cluster do.
 */
export async function testUrl(
  deps: Deps,
  o: { readonly url: string; readonly slot: Slot; readonly peer?: boolean | undefined },
): Promise<UrlTested> {
  const { cluster, scene, client } = deps;
  const url = o.url.replace(/\/+$/, '');
  const place = placeOf(scene, o.slot) ?? scene.primary;
  const [joc, own, peer] = await Promise.all([
    client.test({ url, controllerId: cluster.controllerId }),
    fromHere(deps, url, o.slot),
    o.peer ? fromPeer(deps, url, o.slot) : [],
  ]);
  const results = [fromJoc(joc), own.vantage, ...peer];
  const accounts = await tryAccounts(deps.openController, {
    ...(cluster[o.slot] ?? cluster.primary).access,
    url: own.reached ?? (cluster[o.slot] ?? cluster.primary).access.url,
  });
  const unanswered = !joc.ok && !TESTED.includes(joc.error.code);
  if (joc.ok || unanswered) return { url, results, accounts, why: [] };
  const handover = own.failed ?? (own.reached === url ? ('works' as const) : undefined);
  const proposals = proposedUrls(place, scene.stand);
  const { why, next } = explain({
    url,
    joc: joc.error,
    place,
    instances: deps.instances,
    stand: scene.stand,
    proposals,
    ...(handover !== undefined && { handover }),
    ...(own.own !== undefined && { own: own.own }),
  });
  const better = await firstThatWorks(client, cluster.controllerId, next);
  return { url, results, accounts, why, ...(better && { better }) };
}

/** Answers of JOC about the URL; any other failure says nothing of it. */
const TESTED: readonly Problem['code'][] = ['JOC_CONNECTION', 'CONTROLLER_ID_DIFFERS', 'JOC_PROBLEM'];
const ownCode = (p: Problem): string => /^JOC-\d+( \w+Exception)?/.exec(p.detail ?? '')?.[0] ?? p.code;

function fromJoc(r: Result<{ readonly controllerId: string }>): Vantage {
  if (r.ok && r.value.controllerId === '') return { from: 'joc', result: 'block', measured: tell('reg.test.joc.no-id') };
  if (r.ok) return { from: 'joc', result: 'pass', measured: tell('reg.test.joc.finds', { id: code(r.value.controllerId) }) };
  const result = TESTED.includes(r.error.code) ? 'block' : 'unknown';
  return { from: 'joc', result, measured: tell('reg.test.words', { words: r.error.message }), code: ownCode(r.error) };
}

interface Here {
  readonly vantage: Vantage;
  /** Where the Controller answered Handover: the URL itself, or Handover's own address of it. */
  readonly reached?: string;
  readonly failed?: Problem;
  /** Does the Controller answer at Handover's own address of it? Absent: not tried, or not known. */
  readonly own?: 'answers' | 'silent';
}
/** The URL itself; where its name is none that Handover knows, which is no fault, the address that Handover uses. */
async function fromHere({ openController, cluster, now }: Deps, url: string, slot: Slot): Promise<Here> {
  const access = (cluster[slot] ?? cluster.primary).access;
  const look = async (at: string) => {
    const client = openController({ url: at, ...(access.ca !== undefined && { ca: access.ca }) });
    try {
      const begun = now();
      const seen = await client.look();
      const overview = seen.ok ? seen.value.overview : undefined;
      if (!seen.ok) return { failed: seen.error };
      const told = typeof overview === 'object' && 'controllerId' in overview ? overview : undefined;
      return { id: told?.controllerId, version: told?.version, ms: now() - begun };
    } finally {
      await client.close();
    }
  };
  const path = /^https?:\/\/[^/]+\/./.test(url);
  const first = path ? { failed: problem('NOT_A_CONTROLLER', 'The address of a Controller has no path.') } : await look(url);
  if (!('failed' in first)) return { vantage: found(first, cluster, url), reached: url };
  const second = access.url === url ? first : await look(access.url);
  const own =
    'failed' in second ? (second.failed.code === 'CONTROLLER_UNREACHABLE' ? ('silent' as const) : undefined) : ('answers' as const);
  if (first.failed.code !== 'CONTROLLER_UNKNOWN_HOST')
    return {
      ...(own && { own }),
      vantage: {
        from: 'handover',
        result: 'warn',
        measured: tell('reg.test.words', { words: first.failed.message }),
        code: first.failed.code,
      },
      failed: first.failed,
    };
  if ('failed' in second)
    return {
      ...(own && { own }),
      vantage: { from: 'handover', result: 'unknown', measured: tell('reg.test.here.unknown'), code: first.failed.code },
    };
  return {
    own: 'answers',
    vantage: {
      from: 'handover',
      result: 'unknown',
      measured: tell('reg.test.here.own', { url: code(access.url), id: code(second.id ?? '?') }),
    },
    reached: access.url,
  };
}

function found(
  { id, version, ms }: { id?: string | undefined; version?: string | undefined; ms: number },
  { controllerId }: Cluster,
  url: string,
): Vantage {
  if (id === undefined) return { from: 'handover', result: 'unknown', measured: tell('reg.test.here.hangs', { url: code(url) }) };
  const words = { id: code(id), version: code(version ?? '?'), ms: String(Math.round(ms)) };
  return { from: 'handover', result: id === controllerId ? 'pass' : 'block', measured: tell('reg.test.here.finds', words) };
}

async function firstThatWorks(client: JocClient, controllerId: string, next: readonly Proposal[]): Promise<UrlTested['better']> {
  let first: UrlTested['better'];
  for (const p of next.slice(0, TRIES)) {
    const r = await client.test({ url: p.url, controllerId });
    if (r.ok && r.value.controllerId !== '') return { url: p.url, why: p.why, tested: 'pass' };
    first ??= { url: p.url, why: p.why, tested: r.ok || TESTED.includes(r.error.code) ? 'block' : 'unknown' };
  }
  return first;
}
