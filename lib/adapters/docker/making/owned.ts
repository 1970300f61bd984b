import 'server-only';
import { type Problem, problem } from '../../../domain/errors';
import type { Connection } from '../connection';
import { SETUP_LABEL } from '../labels';

/** Does a thing carry the label of that set-up? */
export const madeBy = (labels: Readonly<Record<string, string>> | null | undefined, setupId: string): boolean =>
  labels?.[SETUP_LABEL] === setupId;

/** A name is taken by what the set-up did not make. `what`: e.g. `network`. */
export const taken = (c: Connection, what: string, name: string): Problem =>
  problem('CONFLICT', `${c.where} has a ${what} named "${name}" already, and this set-up did not make it.`, {
    remedy: 'Choose another name, or remove it there if it is not needed.',
  });

/** Only what the set-up made is removed. */
export const notOurs = (c: Connection, what: string, name: string): Problem =>
  problem('CONFLICT', `The ${what} "${name}" on ${c.where} was not made by this set-up, so it is not removed.`, {
    remedy: 'Remove it by hand if it is not needed.',
  });

export const inUse = (c: Connection, what: string, name: string, detail: string): Problem =>
  problem('CONFLICT', `The ${what} "${name}" on ${c.where} is in use, so it is not removed.`, {
    remedy: 'The detail says by whom. Remove that first.',
    detail,
  });
