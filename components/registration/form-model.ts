/** The registration form: what is typed, what is sent, and which URLs have to work from where. Pure. */
import type { RegisterDraft, RegisterInput } from '@/lib/contract/joc';
import { SLOTS, type Slot } from '@/lib/domain/cluster/cluster';
import type { JocFollow } from '@/lib/domain/joc/joc';
import { sameUrl } from '@/lib/domain/joc/leads';

export const CAPTION_MOST = 30;
export type Way = Exclude<JocFollow['kind'], 'cluster'>;
export const WAYS: readonly Way[] = ['name', 'front', 'update'];
export type Which = Slot | 'live';

/** All fields of all types and ways: switching forgets nothing that was typed. */
export interface Form {
  readonly type: 'autonomous' | 'cluster';
  readonly way: Way;
  readonly alias: string;
  readonly network: string;
  readonly nameUrl: string;
  readonly frontUrl: string;
  /** JOC's URL of each Controller. */
  readonly urls: Readonly<Record<Slot, string>>;
  /** Way `update`: another spelling of the same address. */
  readonly others: Readonly<Record<Slot, string>>;
  /** Cluster: the other Controller's URL of each; empty = as JOC's. */
  readonly peers: Readonly<Record<Slot, string>>;
  readonly captions: Readonly<Record<Which, string>>;
  readonly forceConfirmation: boolean;
  /** Persons' words, each asked for only where it is needed. */
  readonly mayInterrupt: boolean;
  readonly otherPasswords: boolean;
  readonly controllersLicensed: boolean;
  readonly oneSpelling: boolean;
  readonly comment: string;
  readonly timeSpent: string;
  readonly ticket: string;
}

/** What the form begins with: what is registered, else what is proposed. Where both types are possible the harmless one: a cluster cannot be taken back. */
export function formOf(d: RegisterDraft): Form {
  const follow = d.registered?.follow;
  const proposed = (slot: Slot) => d.urls[slot][0]?.url ?? '';
  const updating = follow?.kind === 'update' ? follow.urls : undefined;
  const clustered = follow?.kind === 'cluster' ? follow.urls : undefined;
  const url = (slot: Slot) => updating?.[slot]?.[0] ?? clustered?.[slot] ?? proposed(slot);
  const said = (slot: Slot) => d.view?.says.find((each) => each.slot === slot)?.caption;
  const named = follow?.kind === 'name' ? follow : undefined;
  const possible = WAYS.filter((way) => d.ways.some(({ kind, possible: may }) => kind === way && may));
  const firstWay = d.ways.flatMap(({ kind }) => (kind !== 'cluster' && possible.includes(kind) ? [kind] : []))[0];
  return {
    type: follow?.kind === 'cluster' || (follow === undefined && d.cluster.possible && !d.autonomous.possible) ? 'cluster' : 'autonomous',
    way: follow !== undefined && follow.kind !== 'cluster' ? follow.kind : (firstWay ?? 'name'),
    alias: named?.alias ?? d.alias?.alias ?? '',
    network: named?.network ?? d.alias?.network ?? '',
    nameUrl: named?.url ?? d.alias?.url ?? '',
    frontUrl: follow?.kind === 'front' ? follow.url : '',
    urls: { primary: url('primary'), secondary: url('secondary') },
    others: { primary: other(d, 'primary', updating?.primary), secondary: other(d, 'secondary', updating?.secondary) },
    peers: { primary: peersOf(follow)?.primary ?? '', secondary: peersOf(follow)?.secondary ?? '' },
    captions: {
      live: (d.live && said(d.live)) ?? 'STANDALONE CONTROLLER',
      primary: said('primary') ?? d.captions.primary,
      secondary: said('secondary') ?? d.captions.secondary,
    },
    forceConfirmation: false,
    mayInterrupt: false,
    otherPasswords: false,
    controllersLicensed: false,
    oneSpelling: false,
    comment: '',
    timeSpent: '',
    ticket: '',
  };
}
const peersOf = (follow: JocFollow | undefined) => (follow?.kind === 'cluster' ? follow.clusterUrls : undefined);
const other = (d: RegisterDraft, slot: Slot, registered: readonly string[] | undefined): string =>
  registered?.[1] ?? d.urls[slot][1]?.url ?? '';

/** Way `update`: whose address has only one spelling. Without a second one JOC sticks as soon as an address returns (joc-proved N1). */
export const withoutOther = (f: Form): readonly Slot[] =>
  f.type === 'autonomous' && f.way === 'update'
    ? SLOTS.filter((slot) => f.others[slot].trim() === '' || sameUrl(f.others[slot], f.urls[slot]))
    : [];

/** Puts another host into an address; leaves what is no address alone. */
export function withHost(url: string, host: string): string {
  return url.replace(/^(https?:\/\/)[^/:]*/, `$1${host}`);
}

export type FieldId =
  | 'alias'
  | 'network'
  | 'url.live'
  | `url.${Slot}`
  | `other.${Slot}`
  | `peer.${Slot}`
  | `caption.${Which}`
  | 'comment'
  | 'timeSpent'
  | 'ticket';
export type Wrong = 'url.bad' | 'url.missing' | 'url.same' | 'alias' | 'alias.url' | 'network' | 'reason' | 'letters' | 'minutes';

const isUrl = (text: string): boolean => /^https?:\/\/[^\s/]+\/?$/.test(text.trim());
const urlWrong = (text: string, optional = false): Wrong | undefined =>
  text.trim() === '' ? (optional ? undefined : 'url.missing') : isUrl(text) ? undefined : 'url.bad';

/** What is wrong with what is typed, field by field. A missing reason is wrong only where JOC wants one. */
export function wrongOf(f: Form, forceReasons: boolean): ReadonlyMap<FieldId, Wrong> {
  const found = new Map<FieldId, Wrong>();
  const put = (id: FieldId, wrong: Wrong | false | undefined) => wrong && found.set(id, wrong);
  if (f.type === 'autonomous' && f.way === 'name') {
    const host = /^https?:\/\/([^/:]+)/.exec(f.nameUrl.trim())?.[1];
    put('alias', !/^[a-z0-9][a-z0-9_.-]{0,62}$/i.test(f.alias.trim()) && 'alias');
    put('network', f.network.trim() === '' && 'network');
    put('url.live', urlWrong(f.nameUrl) ?? (host !== f.alias.trim() && 'alias.url'));
  } else if (f.type === 'autonomous' && f.way === 'front') put('url.live', urlWrong(f.frontUrl));
  else {
    for (const slot of SLOTS) {
      put(`url.${slot}`, urlWrong(f.urls[slot]));
      if (f.type === 'cluster') put(`peer.${slot}`, urlWrong(f.peers[slot], true));
      else put(`other.${slot}`, urlWrong(f.others[slot], true));
    }
    if (!found.has('url.secondary') && f.urls.primary.trim() === f.urls.secondary.trim()) put('url.secondary', 'url.same');
  }
  for (const which of captionsOf(f)) put(`caption.${which}`, /[<>]/.test(f.captions[which]) && 'letters');
  for (const [id, wrong] of auditWrong(f, forceReasons)) found.set(id, wrong);
  return found;
}

type AuditTyped = Pick<Form, 'comment' | 'timeSpent' | 'ticket'>;
/** What is wrong with JOC Cockpit's audit fields. A reason is missing only where JOC wants one. */
export function auditWrong(f: AuditTyped, forceReasons: boolean): ReadonlyMap<FieldId, Wrong> {
  const found = new Map<FieldId, Wrong>();
  if (forceReasons && f.comment.trim() === '') found.set('comment', 'reason');
  else if (/[<>]/.test(f.comment)) found.set('comment', 'letters');
  if (/[<>]/.test(f.ticket)) found.set('ticket', 'letters');
  if (f.timeSpent.trim() !== '' && !/^\d{1,5}$/.test(f.timeSpent.trim())) found.set('timeSpent', 'minutes');
  return found;
}
/** What is sent of them: nothing of what is empty. */
export function auditOf(f: AuditTyped): RegisterInput['audit'] {
  const [comment, timeSpent, ticketLink] = [f.comment, f.timeSpent, f.ticket].map((text) => text.trim());
  return { ...(comment && { comment }), ...(timeSpent && { timeSpent: Number(timeSpent) }), ...(ticketLink && { ticketLink }) };
}

/** One caption for an autonomous Controller, whichever lives; one for each of a cluster. */
const captionsOf = (f: Form): readonly Which[] => (f.type === 'cluster' ? SLOTS : ['live']);

/** A URL of the form and who must reach it. */
export interface Target {
  readonly field: FieldId;
  readonly which: Which;
  readonly url: string;
  /** The places from which it has to work. */
  readonly from: readonly ('joc' | Slot)[];
  /** It cannot work now, as wanted: nobody carries the name yet, or the instance does not run. */
  readonly notYet?: 'name' | 'stopped';
}
const otherSlot = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');

/** Every URL that the form holds and that is one, with the places from which it has to work. */
export function targetsOf(f: Form, d: RegisterDraft): readonly Target[] {
  const joc = ['joc'] as const;
  const all: Target[] = [];
  if (f.type === 'cluster')
    for (const slot of SLOTS) {
      const peer = f.peers[slot].trim();
      const own = peer === '' || peer === f.urls[slot].trim();
      all.push({ field: `url.${slot}`, which: slot, url: f.urls[slot], from: own ? ['joc', otherSlot(slot)] : joc });
      if (!own) all.push({ field: `peer.${slot}`, which: slot, url: peer, from: [otherSlot(slot)] });
    }
  else if (f.way === 'update')
    for (const slot of SLOTS) {
      const on = { which: slot, from: joc, ...(d.live !== undefined && d.live !== slot && { notYet: 'stopped' as const }) };
      all.push({ ...on, field: `url.${slot}`, url: f.urls[slot] });
      if (f.others[slot].trim() !== '') all.push({ ...on, field: `other.${slot}`, url: f.others[slot] });
    }
  else {
    const notYet = nameToGive(f, d) !== 'no' && { notYet: 'name' as const };
    all.push({ field: 'url.live', which: 'live', url: f.way === 'name' ? f.nameUrl : f.frontUrl, from: joc, ...notYet });
  }
  return all.map((target) => ({ ...target, url: target.url.trim() })).filter(({ url }) => isUrl(url));
}

/** Has the name still to be given to the live container? `unknown` where it is not known who carries it. */
export function nameToGive(f: Form, d: RegisterDraft): 'yes' | 'no' | 'unknown' {
  if (f.type !== 'autonomous' || f.way !== 'name') return 'no';
  if (f.alias.trim() !== d.alias?.alias || f.network.trim() !== d.alias.network) return 'yes';
  return d.alias.carried === undefined ? 'unknown' : d.alias.carried === d.live ? 'no' : 'yes';
}

/** What is sent. Only called where nothing is wrong. */
export function inputOf(f: Form, jocId: string): RegisterInput {
  const text = (value: string) => value.trim();
  const audit = auditOf(f);
  const caption = (which: Which) => (text(f.captions[which]) === '' ? {} : { caption: text(f.captions[which]) });
  if (f.type === 'cluster') {
    const node = (slot: Slot) => ({
      url: text(f.urls[slot]),
      ...caption(slot),
      ...(text(f.peers[slot]) !== '' && { clusterUrl: text(f.peers[slot]) }),
    });
    return {
      type: 'cluster',
      jocId,
      primary: node('primary'),
      secondary: node('secondary'),
      forceFailoverConfirmation: f.forceConfirmation,
      ...(f.controllersLicensed && { controllersLicensed: true }),
      ...(f.otherPasswords && { otherPasswords: true }),
      audit,
    };
  }
  const spelt = (slot: Slot) => [f.urls[slot], f.others[slot]].map(text).filter((url, i, all) => url !== '' && all.indexOf(url) === i);
  const follow = {
    name: () => ({ kind: 'name' as const, url: text(f.nameUrl), alias: text(f.alias), network: text(f.network) }),
    front: () => ({ kind: 'front' as const, url: text(f.frontUrl) }),
    update: () => ({ kind: 'update' as const, primaryUrls: spelt('primary'), secondaryUrls: spelt('secondary') }),
  };
  return {
    type: 'autonomous',
    jocId,
    follow: follow[f.way](),
    ...caption('live'),
    ...(f.way === 'name' && f.mayInterrupt && { mayInterrupt: true }),
    ...(f.otherPasswords && { otherPasswords: true }),
    audit,
  };
}
