/** Zod of the words that every answer uses. Strict: a field that the contract does not name fails in development and tests. */
import { z } from 'zod';
import { ERRORS, type ErrorCode, type Problem } from '../../domain/errors';
import type { Param } from '../../domain/text/message';

const exact = <T extends z.ZodType>(schema: T) => schema.exactOptional();

export { exact as opt };

export const Millis = z.number().meta({ description: 'Epoch milliseconds' });
export const ProblemSchema = z
  .strictObject({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string().meta({ description: 'What was wrong and where, for the admin' }),
    remedy: exact(z.string()),
    detail: exact(z.string()),
  })
  .meta({ id: 'Problem', description: 'What went wrong and what to do about it' }) satisfies z.ZodType<Problem>;

const ParamSchema: z.ZodType<Param> = z.union([
  z.string(),
  z.number(),
  z.strictObject({ as: z.enum(['name', 'code']), value: z.string() }),
  z.strictObject({ as: z.enum(['time', 'ago', 'for', 'duration', 'bytes', 'count']), value: z.number() }),
]) as z.ZodType<Param>;
export const MessageSchema = z
  .strictObject({ key: z.string(), params: exact(z.record(z.string(), ParamSchema)) })
  .meta({ id: 'Message', description: 'Key of the message catalogue and its parameters' });

export const SlotSchema = z.enum(['primary', 'secondary']);

export const FreshnessSchema = z
  .strictObject({ state: z.enum(['fresh', 'ageing', 'stale', 'lost', 'never', 'not-expected']), at: exact(Millis) })
  .meta({ id: 'Freshness' });
