/** What the form for a cluster knows, and how it becomes the API's input. Pure. */
import type { Candidate, ClusterInput, ClusterSettingsAnswer, MemberSettings } from '@/lib/contract/api';

export const keyOf = (candidate: Candidate): string => `${candidate.instance.engineId}/${candidate.instance.name}`;
export const idOf = (candidate: Candidate): string | undefined => candidate.controllerId ?? candidate.answered?.controllerId;

/** Who could be who: the first pair of one Controller ID that no cluster has; the one that runs (or answers) is proposed as the Primary unless a name says otherwise. */
export function propose(candidates: readonly Candidate[]): { primary?: Candidate; secondary?: Candidate } {
  const free = candidates.filter((c) => c.usedBy === undefined);
  const ids = [...new Set(free.map(idOf))].filter((id) => id !== undefined);
  const group =
    ids.map((id) => free.filter((c) => idOf(c) === id)).sort((a, b) => Number(b.length === 2) - Number(a.length === 2))[0] ??
    free.slice(0, 1);
  const [first, second] = [...group].sort((a, b) => rank(a) - rank(b));
  return { ...(first && { primary: first }), ...(second && group.length === 2 && { secondary: second }) };
}
/** Names decide first (an admin's own words), then who runs. */
function rank({ instance: { name, state } }: Candidate): number {
  const named = /prim/i.test(name) ? -2 : /sec|backup|stand|spare/i.test(name) ? 2 : 0;
  return named + (state === 'running' ? 0 : 1);
}

export type AccessKind = 'none' | 'account' | 'certificate';
export interface MemberDraft {
  /** `engineId/name`; empty = none chosen. */
  readonly key: string;
  readonly url: string;
  readonly access: AccessKind;
  readonly user: string;
  readonly password: string;
  readonly ca: string;
  readonly clientCert: string;
  readonly clientKey: string;
  /** A stored secret stays when its field is left empty. */
  readonly keeps: { readonly password: boolean; readonly clientKey: boolean };
}
export interface Draft {
  readonly name: string;
  readonly primary: MemberDraft;
  readonly secondary: MemberDraft;
  /** Both are reached with the same login and certificates. */
  readonly shared: boolean;
  /** The guard may stop the one of two that must not live. Absent: never set, which is off. */
  readonly guardStops?: boolean;
}

export const emptyMember: MemberDraft = {
  key: '',
  url: '',
  access: 'none',
  user: '',
  password: '',
  ca: '',
  clientCert: '',
  clientKey: '',
  keeps: { password: false, clientKey: false },
};
export const emptyDraft: Draft = { name: '', primary: emptyMember, secondary: emptyMember, shared: true };

/** The draft after a choice: its address is the most promising of the candidate, unless a person has typed one. */
export function choose(member: MemberDraft, candidate: Candidate | undefined): MemberDraft {
  if (!candidate) return { ...member, key: '', url: '' };
  return { ...member, key: keyOf(candidate), url: candidate.answered?.url ?? candidate.urls[0] ?? '' };
}

export function draftOf(settings: ClusterSettingsAnswer): Draft {
  const member = (s: MemberSettings | undefined): MemberDraft =>
    s === undefined
      ? emptyMember
      : {
          key: `${s.engineId}/${s.name}`,
          url: s.url,
          access: s.clientCert !== undefined ? 'certificate' : s.user !== undefined ? 'account' : 'none',
          user: s.user ?? '',
          password: '',
          ca: s.ca ?? '',
          clientCert: s.clientCert ?? '',
          clientKey: '',
          keeps: { password: s.hasPassword, clientKey: s.hasClientKey },
        };
  const [primary, secondary] = [member(settings.primary), member(settings.secondary)];
  const shared =
    settings.secondary === undefined ||
    (primary.user === secondary.user && primary.ca === secondary.ca && primary.clientCert === secondary.clientCert);
  return {
    name: settings.name,
    primary,
    secondary,
    shared: shared && !primary.keeps.password && !primary.keeps.clientKey,
    ...(settings.guardStops !== undefined && { guardStops: settings.guardStops }),
  };
}

/** The API's input, or undefined while something is missing. */
export function inputOf(draft: Draft): ClusterInput | undefined {
  const primary = memberInput(draft.primary, draft.primary);
  if (!primary) return undefined;
  const secondary = draft.secondary.key === '' ? undefined : memberInput(draft.secondary, draft.shared ? draft.primary : draft.secondary);
  // What is left out stays as it was stored: taken back, it is sent as false.
  const guardStops = draft.guardStops === undefined ? {} : { guardStops: draft.guardStops };
  return { name: draft.name, primary, ...(secondary && { secondary }), ...guardStops };
}

function memberInput(member: MemberDraft, access: MemberDraft): ClusterInput['primary'] | undefined {
  const slash = member.key.indexOf('/');
  if (slash < 1) return undefined;
  return {
    engineId: member.key.slice(0, slash),
    name: member.key.slice(slash + 1),
    access: {
      url: member.url,
      ...(access.access === 'account' && { user: access.user, ...(access.password !== '' && { password: access.password }) }),
      ...(access.ca.trim() !== '' && { ca: access.ca }),
      ...(access.access === 'certificate' && {
        clientCert: access.clientCert,
        ...(access.clientKey !== '' && { clientKey: access.clientKey }),
      }),
    },
  };
}
