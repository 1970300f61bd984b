/**
 * Our HTTP API of JOC Cockpits and registrations. Routes (in ROUTES once they exist):
 * - GET/POST /api/jocs, POST /api/jocs/test, PATCH/DELETE /api/jocs/[id] (admin; GET viewer): the connections. Topic `jocs` of the stream.
 * - GET /api/clusters/[id]/joc (viewer): RegisterDraft, what the form needs; asks JOC and engines now.
 * - POST /api/clusters/[id]/joc/test (admin): one URL from every vantage point.
 * - POST /api/clusters/[id]/joc (admin): register, or update the registration. DELETE the same (admin): unregister.
 * - POST /api/clusters/[id]/joc/follow (operator): makes JOC follow the live Controller now: runbook step 12 on its own.
 */
import { z } from 'zod';
import type { Problem } from '../domain/errors';
import type { JocFacts, JocFollow } from '../domain/joc/joc';
import type { JocView } from '../domain/joc/view';
import type { Message } from '../domain/text/message';

const url = z
  .string()
  .trim()
  .max(255, 'At most 255 characters')
  .regex(/^https?:\/\/[^\s]+$/, 'An address such as http://host:4446');
/** JOC's own limits (joc-cockpit 1.4, 1.5). */
const CAPTION_MAX = 30;
const plainText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters`)
    .regex(/^[^<>]*$/, 'Without < and >');
export const AuditInput = z.object({
  comment: plainText(255).optional(),
  timeSpent: z.number().int().min(0).max(100_000).optional(),
  ticketLink: plainText(255).optional(),
});

export const JocInput = z.object({
  name: z.string().trim().min(1, 'Give a name').max(64, 'At most 64 characters'),
  url: url.transform((u) => u.replace(/\/(joc(\/api)?)?\/?$/, '')),
  user: z.string().trim().min(1, 'Give an account').max(255),
  /** Absent on an edit = keep the stored one. */
  password: z.string().max(255).optional(),
  ca: z.string().optional(),
  clientCert: z.string().optional(),
  clientKey: z.string().optional(),
});
export type JocInput = z.input<typeof JocInput>;
/** A test of what the form holds. `id`: a saved one that is edited; secrets that are absent are its stored ones. */
export const JocTestInput = JocInput.extend({ id: z.string().optional() });
export type JocTestInput = z.input<typeof JocTestInput>;
export interface JocAnswer {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly hasPassword: boolean;
  readonly ca?: string;
  readonly clientCert?: string;
  readonly hasClientKey: boolean;
  readonly state: 'up' | 'down' | 'connecting';
  readonly since?: number;
  readonly problem?: Problem;
  readonly facts?: JocFacts;
  /** Names of the clusters that use it. */
  readonly clusters: readonly string[];
}
export interface JocTestAnswer {
  readonly ok: boolean;
  readonly facts?: JocFacts;
  readonly problem?: Problem;
  readonly hints: readonly Message[];
}

const NodeInput = z.object({
  /** Empty caption = JOC's own word for the role. */
  caption: plainText(CAPTION_MAX).optional(),
  url,
  /** Cluster only; absent = `url`. */
  clusterUrl: url.optional(),
});
/** `autonomous`: one Controller is registered. `cluster`: both, with a licence. */
export const RegisterInput = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('autonomous'),
    jocId: z.string(),
    follow: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('name'),
        url,
        alias: z
          .string()
          .trim()
          .min(1)
          .max(63)
          .regex(/^[a-z0-9][a-z0-9_.-]*$/i, 'A host name'),
        network: z.string(),
      }),
      z.object({ kind: z.literal('front'), url }),
      z.object({ kind: z.literal('update'), primaryUrls: z.array(url).max(5), secondaryUrls: z.array(url).max(5) }),
    ]),
    caption: plainText(CAPTION_MAX).optional(),
    /** Way `name`: the alias may be given to the live container while it runs, which cuts its connections in that network for a moment. Else CONFLICT. */
    mayInterrupt: z.boolean().optional(),
    /** A person's word that JOC was given other passwords: else CONFLICT where the Controller refuses the standard one of user JOC (joc-proved N8). */
    otherPasswords: z.boolean().optional(),
    audit: AuditInput,
  }),
  z.object({
    type: z.literal('cluster'),
    jocId: z.string(),
    primary: NodeInput,
    secondary: NodeInput,
    forceFailoverConfirmation: z.boolean().default(false),
    /** A person's word that both Controllers have a licence: JOC appoints them, and one without cannot be started any more. Else CONFLICT unless they are a cluster already. */
    controllersLicensed: z.boolean().optional(),
    otherPasswords: z.boolean().optional(),
    audit: AuditInput,
  }),
]);
export type RegisterInput = z.input<typeof RegisterInput>;
export const UnregisterInput = z.object({ /** The Controller ID, typed. */ confirm: z.string(), audit: AuditInput });
export type UnregisterInput = z.input<typeof UnregisterInput>;
export const FollowInput = z.object({
  audit: AuditInput.optional(),
  /** As in RegisterInput. */
  mayInterrupt: z.boolean().optional(),
});
export type FollowInput = z.input<typeof FollowInput>;
/** `peer`: ask from the other Controller's network too, as both of a cluster must reach each other. */
export const UrlTestInput = z.object({
  jocId: z.string(),
  slot: z.enum(['primary', 'secondary', 'live']),
  url,
  peer: z.boolean().optional(),
});
export type UrlTestInput = z.input<typeof UrlTestInput>;

export interface VantageResult {
  readonly from: 'joc' | 'handover' | 'primary' | 'secondary';
  readonly result: 'pass' | 'warn' | 'block' | 'unknown';
  /** e.g. Controller ID logistics, 2.9.0, 11 ms. */
  readonly measured: Message;
  /** JOC's or our code, kept: JOC-405 ControllerNoResponseException. */
  readonly code?: string;
}
export interface UrlTestAnswer {
  readonly url: string;
  readonly at: number;
  readonly results: readonly VantageResult[];
  /** Why it does not work, from the most likely; empty when it does. */
  readonly why: readonly Message[];
  /** The next URL worth trying, with the outcome of trying it from JOC. */
  readonly better?: { readonly url: string; readonly why: Message; readonly tested: 'pass' | 'block' | 'unknown' };
  /** Does the Controller let JOC's and History's accounts in, with the standard passwords (joc-proved N8, N9)? */
  readonly accounts: readonly { readonly user: 'JOC' | 'History'; readonly result: VantageResult['result']; readonly measured: Message }[];
}

export interface UrlProposal {
  readonly url: string;
  readonly why: Message;
}
/** What the form needs. */
export interface RegisterDraft {
  readonly jocs: readonly JocAnswer[];
  /** The JOC that is meant: the registered one, else the only one. */
  readonly jocId?: string;
  readonly view?: JocView;
  readonly controllerId: string;
  /** Which instance lives; absent: none, or not known. */
  readonly live?: 'primary' | 'secondary';
  readonly autonomous: { readonly possible: boolean; readonly note: Message };
  readonly cluster: { readonly possible: boolean; readonly note: Message };
  /** Ways for an autonomous registration to follow, the recommended first, with why or why not. */
  readonly ways: readonly { readonly kind: JocFollow['kind']; readonly possible: boolean; readonly note: Message }[];
  readonly alias?: {
    readonly alias: string;
    readonly network: string;
    readonly url: string;
    /** Which container has the name now; absent: not known. Where it is not the live one, giving it cuts connections for a moment (`mayInterrupt`). */
    readonly carried?: 'primary' | 'secondary' | 'nobody';
  };
  readonly urls: { readonly primary: readonly UrlProposal[]; readonly secondary: readonly UrlProposal[] };
  readonly captions: { readonly primary: string; readonly secondary: string };
  readonly reasons: readonly string[];
  readonly forceReasons: boolean;
  /** What registering does beside (joc-proved N7), and other things to know before. */
  readonly notes: readonly Message[];
  readonly registered?: { readonly jocId: string; readonly follow: JocFollow };
}
export interface RegisterAnswer {
  /** `proved`: JOC's proxy follows. `not-yet`: JOC took it, the proof is still missing; the cluster page goes on watching. */
  readonly outcome: 'proved' | 'not-yet';
  readonly message: Message;
}
