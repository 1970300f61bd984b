import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { SLOTS } from '../../domain/cluster/cluster';
import { type Problem, problem } from '../../domain/errors';
import type { ClusterJoc, JocAudit, JocFacts, JocFollow } from '../../domain/joc/joc';
import { sameUrl } from '../../domain/joc/leads';
import { tell } from '../../domain/joc/told';
import { err, ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import type { OpenController } from '../../ports/controller';
import type { JocClient, JocRegistration } from '../../ports/joc';
import { tryAccounts } from './accounts';
import { carryAlias } from './alias';
import { applied } from './apply';
import { refusesTwo } from './draft';
import { followJoc, noId, spellings } from './follow';
import type { Living } from './living';
import type { JocPorts } from './ports';

export interface Wanted {
  readonly jocId: string;
  readonly follow: JocFollow;
  readonly captions: ClusterJoc['captions'];
  readonly forceFailoverConfirmation?: boolean;
  readonly audit: JocAudit;
  /** Persons' words: see RegisterInput. */
  readonly mayInterrupt: boolean;
  readonly otherPasswords: boolean;
  readonly licensed: boolean;
}
export interface Registered {
  readonly joc: ClusterJoc;
  readonly outcome: 'proved' | 'not-yet';
  readonly message: Message;
  readonly evidence: readonly Message[];
  /** It was there before: changed, not made. */
  readonly updated: boolean;
}
export interface RegisterDeps extends JocPorts {
  readonly openController: OpenController;
  /** Which one works, asked now. */
  living(cluster: Cluster): Promise<Result<Living>>;
  /** JOC took it: to be saved at once, before it is proved. */
  save(joc: ClusterJoc): void;
}
const PROOF_MS = 15_000;
/** Java remembers for 10 s that a name was unknown (networkaddress.cache.negative.ttl), and whoever tested the URL before it was given has made JOC ask for it. */
const UNKNOWN_NAME_MS = 12_000;

/** Everything that can be known is looked at before; then JOC is told once; then it is proved. After a lost answer JOC is observed, nothing is sent twice. */
export async function register(deps: RegisterDeps, cluster: Cluster, wanted: Wanted, signal: AbortSignal): Promise<Result<Registered>> {
  const client = deps.client(wanted.jocId);
  if (!client) return err(problem('NOT_FOUND', 'There is no such JOC Cockpit.'));
  const facts = await client.look();
  if (!facts.ok) return facts;
  const refused = mayNot(facts.value, wanted) ?? (wanted.follow.kind === 'cluster' ? noCluster(facts.value, wanted) : undefined);
  if (refused) return err(refused);
  const living = await deps.living(cluster);
  if (!living.ok) return living;
  const live = living.value;
  const joc: ClusterJoc = { jocId: wanted.jocId, follow: wanted.follow, captions: wanted.captions };
  const account = await joinsIn(deps, cluster, live.slot, wanted);
  if (account) return err(account);
  const before = await client.see(cluster.controllerId);
  if (!before.ok && before.error.code !== 'CONTROLLER_ID_DIFFERS') return before;
  // Giving a name changes Docker's network: when nothing else is known that would refuse.
  const carried = await carryAlias(deps)({ cluster, to: live.slot, joc, mayInterrupt: wanted.mayInterrupt });
  if (!carried.ok) return carried;
  const from = before.ok && before.value !== 'not-registered' ? before.value.nodes[0]?.url : undefined;
  // A name that JOC has registered already stays with the live one whatever comes.
  const already = from !== undefined && joc.follow.kind === 'name' && sameUrl(from, joc.follow.url);
  const undo = already ? undefined : carried.value.undo;
  const asked = deps.clock.now();
  let nodes = await nodesOf(client, cluster, joc, live.slot);
  while (undo && !nodes.ok && nodes.error.code === 'JOC_CONNECTION' && deps.clock.now() - asked < UNKNOWN_NAME_MS && !signal.aborted) {
    await deps.sleep(1000, signal).catch(() => undefined);
    nodes = await nodesOf(client, cluster, joc, live.slot);
  }
  if (!nodes.ok) return err(await givenBack(joc, undo, nodes.error));
  const updated = !(before.ok && before.value === 'not-registered');
  const registration: JocRegistration = {
    ...(updated && { controllerId: cluster.controllerId }),
    nodes: nodes.value,
    ...(wanted.forceFailoverConfirmation !== undefined && { forceFailoverConfirmation: wanted.forceFailoverConfirmation }),
    audit: wanted.audit,
  };
  const told = await applied(deps, client, {
    registration,
    controllerId: cluster.controllerId,
    signal,
    ...(from !== undefined && { from }),
  });
  // Without a code of JOC's own it is not known whether JOC did it: then the name may be needed.
  if (!told.ok) return told.error.detail?.startsWith('JOC-') ? err(await givenBack(joc, undo, told.error)) : told;
  deps.save(joc);
  const proof = await followJoc(deps)({
    cluster,
    live: live.slot,
    joc,
    controllerStartedAt: live.startedAt,
    audit: wanted.audit,
    signal,
    proofMs: PROOF_MS,
  });
  const evidence = [...carried.value.evidence, ...told.value.evidence, ...(proof.ok ? proof.value.evidence : [])];
  const message = proof.ok ? tell('reg.done.proved') : tell('reg.done.not-yet', { why: proof.error.message });
  return ok({ joc, outcome: proof.ok ? 'proved' : 'not-yet', message, evidence, updated });
}

/** Registering failed after a name was given: the names are put back, and the failure says so. */
async function givenBack({ follow }: ClusterJoc, undo: (() => Promise<Result<void>>) | undefined, why: Problem): Promise<Problem> {
  if (!undo || follow.kind !== 'name') return why;
  const back = await undo();
  const says = back.ok
    ? `The name ${follow.alias} was put back to where it was.`
    : `The name ${follow.alias} stays with the live one: ${back.error.message}`;
  return { ...why, message: `${why.message} ${says}` };
}

export function mayNot(facts: JocFacts, { audit }: Pick<Wanted, 'audit'>): Problem | undefined {
  if (!facts.active)
    return problem('JOC_STANDBY', 'This JOC Cockpit is not the active one: only the active one changes registrations.', {
      remedy: 'Connect Handover with the active one, or switch JOC Cockpit over.',
    });
  if (facts.mayManage === 'no')
    return problem('JOC_FORBIDDEN', 'The account that Handover uses may not manage Controllers in JOC Cockpit.', {
      remedy: 'Give it the permission joc/administration/controllers: manage, or use another account.',
    });
  if (facts.forceReasons && !audit.comment?.trim())
    return problem('JOC_REASON_MISSING', 'JOC Cockpit wants a reason for each change.', { remedy: 'Give a comment.' });
  return undefined;
}

function noCluster(facts: JocFacts, { follow, licensed }: Wanted): Problem | undefined {
  if (follow.kind !== 'cluster') return undefined;
  if (refusesTwo(facts))
    return problem('JOC_LICENCE', 'JOC Cockpit has no valid licence: it refuses two Controllers.', {
      remedy: 'Register the live Controller alone (Autonomous).',
    });
  if (sameUrl(follow.urls.primary, follow.urls.secondary))
    return problem('BAD_REQUEST', 'Both Controllers have the same URL.', { remedy: 'Give each its own.' });
  if (licensed) return undefined;
  return problem(
    'CONFLICT',
    'It is not known whether both Controllers have a licence. JOC Cockpit appoints them as a cluster, and a Controller without a licence cannot be started any more after that.',
    {
      remedy: 'Say that both have one, if that is so; else register the live one alone.',
    },
  );
}

/** What will be sent, each address tested from JOC. For an autonomous one: the first spelling at which JOC finds this Controller. */
async function nodesOf(client: JocClient, cluster: Cluster, joc: ClusterJoc, live: Slot): Promise<Result<JocRegistration['nodes']>> {
  const { controllerId } = cluster;
  const { follow, captions } = joc;
  if (follow.kind === 'cluster') {
    for (const slot of SLOTS) {
      const found = await client.test({ url: follow.urls[slot], controllerId });
      if (!found.ok) return found;
      if (found.value.controllerId !== controllerId) return err(noId(follow.urls[slot]));
    }
    return ok(
      SLOTS.map((slot) => ({
        url: follow.urls[slot],
        clusterUrl: follow.clusterUrls?.[slot] ?? follow.urls[slot],
        role: slot === 'primary' ? ('PRIMARY' as const) : ('BACKUP' as const),
        title: captions[slot] ?? (slot === 'primary' ? 'PRIMARY CONTROLLER' : 'SECONDARY CONTROLLER'),
      })),
    );
  }
  let why = problem('BAD_REQUEST', `There is no URL for the ${live}, which works now.`, { remedy: 'Give one that JOC Cockpit reaches.' });
  for (const url of spellings(follow, live)) {
    const found = await client.test({ url, controllerId });
    if (found.ok && found.value.controllerId === controllerId)
      return ok([{ url, role: 'STANDALONE', title: captions[live] ?? 'STANDALONE CONTROLLER' }]);
    why = found.ok ? noId(url) : found.error;
    if (!found.ok && found.error.code !== 'JOC_CONNECTION' && found.error.code !== 'CONTROLLER_ID_DIFFERS') return found;
  }
  return err(why);
}

/** A Controller that refuses JOC's password slows JOC down for all Controllers (joc-proved N8). Asked at the address that Handover uses. */
async function joinsIn({ openController }: RegisterDeps, cluster: Cluster, live: Slot, wanted: Wanted): Promise<Problem | undefined> {
  if (wanted.otherPasswords) return undefined;
  const asked = wanted.follow.kind === 'cluster' ? SLOTS.flatMap((s) => cluster[s] ?? []) : [cluster[live] ?? cluster.primary];
  const tried = await Promise.all(asked.map(({ access }) => tryAccounts(openController, access)));
  if (!tried.flat().some((a) => a.user === 'JOC' && a.result === 'warn')) return undefined;
  return problem(
    'CONFLICT',
    'The Controller refuses the user JOC with its standard password. Registered like this, JOC Cockpit could not work with it and would be slowed down for all its other Controllers.',
    {
      remedy: 'Put the user JOC into private.conf and start the Controller anew; or say that JOC Cockpit was given another password.',
    },
  );
}
