import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { ClusterView } from '../../domain/cluster/view';
import type { Instance } from '../../domain/instance/instance';
import type { JocFacts } from '../../domain/joc/joc';
import { tell } from '../../domain/joc/told';
import { type Proposal, proposedUrls } from '../../domain/joc/urls';
import { type StableName, type Way, waysOf } from '../../domain/joc/ways';
import type { Reading } from '../../domain/reading';
import type { Message } from '../../domain/text/message';
import { code } from '../../domain/text/say';
import type { Scene } from './stand';

export interface Drafted {
  readonly live?: Slot;
  readonly autonomous: { readonly possible: boolean; readonly note: Message };
  readonly cluster: { readonly possible: boolean; readonly note: Message };
  readonly ways: readonly Way[];
  readonly alias?: StableName;
  readonly urls: { readonly primary: readonly Proposal[]; readonly secondary: readonly Proposal[] };
  readonly notes: readonly Message[];
}
interface From {
  readonly cluster: Cluster;
  readonly view: ClusterView | undefined;
  readonly facts: Reading<JocFacts>;
  readonly scene: Scene;
  readonly instances: readonly Instance[];
}

/** What the form begins with. Decides only; what is asked of the world is in `scene` and `facts`. */
export function draftOf({ cluster, view, facts, scene, instances }: From): Drafted {
  const follow = cluster.joc?.follow;
  const live = liveOf(view);
  const found = waysOf({
    joc: scene.stand,
    primary: scene.primary,
    ...(scene.secondary && { secondary: scene.secondary }),
    controllerId: cluster.controllerId,
    instances,
    ...(follow && { follow }),
  });
  const except = follow?.kind === 'name' ? follow.alias : found.alias?.alias;
  return {
    ...(live && live !== 'both' && { live }),
    autonomous: autonomousOf(view, live),
    cluster: clusterOf(cluster, view, facts),
    ...found,
    urls: {
      primary: proposedUrls(scene.primary, scene.stand, except, true),
      secondary: scene.secondary ? proposedUrls(scene.secondary, scene.stand, except, true) : [],
    },
    notes: notesOf(facts, scene, cluster),
  };
}

function liveOf(view: ClusterView | undefined): Slot | 'both' | undefined {
  const alive = [view?.primary, view?.secondary].filter((i) => i?.alive === 'yes');
  if (alive.length < 2) return alive[0]?.slot;
  const active = alive.filter((i) => i?.nodeState === 'active');
  return active.length === 1 ? active[0]?.slot : 'both';
}

function autonomousOf(view: ClusterView | undefined, live: Slot | 'both' | undefined): Drafted['autonomous'] {
  if (view?.kind === 'licensed') return { possible: false, note: tell('reg.autonomous.licensed') };
  if (live === 'both') return { possible: false, note: tell('reg.autonomous.both') };
  if (!live) return { possible: false, note: tell('reg.autonomous.nobody') };
  return { possible: true, note: tell('reg.autonomous.live', { slot: live === 'primary' ? 'Primary' : 'Secondary' }) };
}

/** JOC's refusal of two nodes without a licence was read from 2.9 and recorded there (joc-cockpit 1.5); of older ones it is not known. */
export const refusesTwo = (f: Pick<JocFacts, 'licence' | 'version'>): boolean =>
  f.licence.type === 'COMMERCIAL_INVALID' || (f.licence.type === 'OPENSOURCE' && !isOlder(f.version));
function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(/[.\-+]/).map(Number);
  return major < 2 || (major === 2 && minor < 9);
}

function clusterOf(cluster: Cluster, view: ClusterView | undefined, facts: Reading<JocFacts>): Drafted['cluster'] {
  const f = facts.kind === 'value' ? facts.value : undefined;
  if (!cluster.secondary) return { possible: false, note: tell('reg.cluster.single') };
  if (!f) return { possible: false, note: tell('reg.cluster.unknown') };
  if (f.licence.type === 'COMMERCIAL_INVALID') return { possible: false, note: tell('reg.cluster.invalid') };
  if (refusesTwo(f)) return { possible: false, note: tell('reg.cluster.no-licence') };
  if (f.licence.type === 'OPENSOURCE')
    return { possible: view?.kind === 'licensed', note: tell('reg.cluster.older', { version: code(f.version) }) };
  if (view?.kind === 'licensed') return { possible: true, note: tell('reg.cluster.possible') };
  return {
    possible: f.licence.type === 'COMMERCIAL_VALID',
    note: f.licence.type === 'unknown' ? tell('reg.cluster.unknown') : tell('reg.cluster.word'),
  };
}

function notesOf(facts: Reading<JocFacts>, scene: Scene, cluster: Cluster): readonly Message[] {
  const f = facts.kind === 'value' ? facts.value : undefined;
  return [
    ...(facts.kind === 'failed' ? [tell('reg.note.silent', { why: facts.error.message })] : []),
    ...(f && !f.active ? [tell('reg.note.standby')] : []),
    ...(f?.mayManage === 'no' ? [tell('reg.note.may-not')] : []),
    ...(f?.mayManage === 'approval' ? [tell('reg.note.approval')] : []),
    ...(scene.stand.container ? [] : [tell('reg.note.container')]),
    tell('reg.note.writes'),
    tell('reg.note.double'),
    ...(cluster.joc ? [tell('reg.note.unregister')] : []),
  ];
}
