/** The way back after a split brain, as its page shows it. */
import { z } from 'zod';
import type { Slot } from '../domain/cluster/cluster';
import type { Problem } from '../domain/errors';
import type { Message } from '../domain/text/message';
import { WAY_STEPS, type WayStep } from '../domain/wayback/events';
import { MessageSchema, Millis, opt, ProblemSchema, SlotSchema } from './schema/basics';

const why = z
  .string()
  .trim()
  .min(1, 'Say why')
  .max(255, 'At most 255 characters')
  .regex(/^[^<>]*$/, 'Without < and >');
/** POST /api/clusters/[id]/way-back (operator): begins one; nothing is touched by that alone. `keep` = whose journal is the newer one. */
export const WayBeginInput = z.object({ keep: SlotSchema, reason: why, ticket: z.string().trim().max(255).optional() });
/** POST …/way-back/step: does the step whose turn it is; `said` = a person's word in its place; `typed` with `keep`; `agent` with `reset`. */
export const WayStepInput = z.object({
  step: z.enum(WAY_STEPS),
  typed: z.string().optional(),
  agent: z.string().optional(),
  said: z.literal(true).optional(),
  why: why.optional(),
});
/** POST …/way-back/leave: ends it here. Nothing is taken back; the lock is released. */
export const WayLeaveInput = z.object({ why });

type Told = 'yes' | 'no' | 'unknown';
export interface WaySide {
  readonly slot: Slot;
  readonly name: string;
  readonly url: string;
  readonly running: Told;
  readonly policy: string;
  readonly flag: 'on' | 'off' | 'unknown';
  readonly journal: 'empty' | 'unknown' | { readonly lastEventId: number; readonly ending: string };
  readonly active: Told;
  readonly ready: Told;
}
export interface WayStepAnswer {
  readonly step: WayStep;
  /** It is this step's turn. */
  readonly now: boolean;
  /** Is its goal seen (or, where that is so, said)? */
  readonly seen: Told;
  readonly acts: boolean;
  readonly mayBeSaid: boolean;
  readonly evidence: readonly Message[];
  readonly doneAt?: number;
  readonly saidBy?: string;
  readonly why?: string;
}
export interface WayAgent {
  readonly name: string;
  readonly url: string;
  readonly coupled: boolean;
  readonly reset: 'open' | 'asked' | 'reset' | 'failed' | 'left';
}
export type WayAnswer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'way';
      readonly by: string;
      readonly reason: string;
      readonly ticket?: string;
      readonly beganAt: number;
      readonly lookedAt: number;
      /** A step is being done now. */
      readonly working: boolean;
      readonly ended?: 'done' | 'left';
      readonly kept: WaySide;
      readonly aside: WaySide;
      readonly steps: readonly WayStepAnswer[];
      /** Ids of what the present step needs and was not seen (lib/domain/switchover/needs.ts). */
      readonly lacking: readonly string[];
      readonly problem?: Problem;
      /** When the kept one was started by this way back. */
      readonly startedAt?: number;
      readonly agents: 'unknown' | readonly WayAgent[];
    };

const told = z.enum(['yes', 'no', 'unknown']);
const side = z.strictObject({
  slot: SlotSchema,
  name: z.string(),
  url: z.string(),
  running: told,
  policy: z.string(),
  flag: z.enum(['on', 'off', 'unknown']),
  journal: z.union([z.enum(['empty', 'unknown']), z.strictObject({ lastEventId: z.number(), ending: z.string() })]),
  active: told,
  ready: told,
}) satisfies z.ZodType<WaySide>;
export const WaySchema = z.union([
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('way'),
    by: z.string(),
    reason: z.string(),
    ticket: opt(z.string()),
    beganAt: Millis,
    lookedAt: Millis,
    working: z.boolean(),
    ended: opt(z.enum(['done', 'left'])),
    kept: side,
    aside: side,
    steps: z.array(
      z.strictObject({
        step: z.enum(WAY_STEPS),
        now: z.boolean(),
        seen: told,
        acts: z.boolean(),
        mayBeSaid: z.boolean(),
        evidence: z.array(MessageSchema),
        doneAt: opt(Millis),
        saidBy: opt(z.string()),
        why: opt(z.string()),
      }),
    ),
    lacking: z.array(z.string()),
    problem: opt(ProblemSchema),
    startedAt: opt(Millis),
    agents: z.union([
      z.literal('unknown'),
      z.array(
        z.strictObject({
          name: z.string(),
          url: z.string(),
          coupled: z.boolean(),
          reset: z.enum(['open', 'asked', 'reset', 'failed', 'left']),
        }),
      ),
    ]),
  }),
]) satisfies z.ZodType<WayAnswer>;
