/** Query parameters and how they are refused (controller-api 0.2). */
import { queryDuration } from '../../shared/durations';
import type { Exchange } from './exchange';
import { Rejection } from './request-body';

const malformed = (name: string, detail: string): Rejection =>
  new Rejection(400, `The query parameter '${name}' was malformed:\n${detail}`);

/** Milliseconds. */
export function durationParameter({ query }: Exchange, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = queryDuration(text);
  if (ms === undefined) throw malformed(name, `Invalid duration: ${text}`);
  return ms;
}

export function requiredDuration(exchange: Exchange, name: string): number {
  const ms = durationParameter(exchange, name);
  if (ms === undefined) throw new Rejection(404, `Request is missing required query parameter '${name}'`);
  return ms;
}

export function numberParameter({ query }: Exchange, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^-?\d+$/.test(text)) throw malformed(name, `'${text}' is not a valid 64-bit signed integer value`);
  return Number(text);
}

export function booleanParameter({ query }: Exchange, name: string): boolean {
  const text = query.get(name);
  if (text === null) return false;
  if (['true', 'yes', 'on', '1'].includes(text)) return true;
  if (['false', 'no', 'off', '0'].includes(text)) return false;
  throw malformed(name, `'${text}' is not a valid Boolean value`);
}
