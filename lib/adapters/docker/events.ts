import 'server-only';
import { z } from 'zod';
import type { EngineEvent, EngineEventKind } from '../../domain/engine/engine';
import { isOurs } from './labels';

const KINDS: Readonly<Record<string, EngineEventKind>> = {
  create: 'created',
  start: 'started',
  stop: 'stopped',
  kill: 'killed',
  die: 'died',
  rename: 'renamed',
  destroy: 'destroyed',
  update: 'updated',
  pause: 'paused',
  unpause: 'unpaused',
};

const schema = z.object({
  Type: z.literal('container'),
  Action: z.string(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
  time: z.number(),
  timeNano: z.number().nullish(),
});

/**
 * One line of `GET /events`. `cursor` is the time to ask for next, in the form of `since` (seconds.nanoseconds), one nanosecond after this event:
 * the number has more digits than JSON.parse keeps. Undefined for a line that is no event of a container.
 */
export function eventsFrom(line: string): { readonly events: readonly EngineEvent[]; readonly cursor?: string } | undefined {
  let parsed: z.infer<typeof schema>;
  try {
    parsed = schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
  const nano = /"timeNano":\s*(\d+)/.exec(line)?.[1];
  const cursor = nano ? sinceNano(BigInt(nano) + 1n) : undefined;
  const attributes = parsed.Actor.Attributes;
  const { name, oldName, exitCode, signal } = attributes;
  const kind = KINDS[parsed.Action];
  if (!kind || name === undefined || isOurs(attributes)) return { events: [], ...(cursor && { cursor }) };
  const at = parsed.timeNano ? Math.floor(parsed.timeNano / 1e6) : parsed.time * 1000;
  const event: EngineEvent = {
    kind,
    instance: name,
    at,
    ...(kind === 'died' && exitCode !== undefined && { exitCode: Number(exitCode) }),
    ...(kind === 'killed' && signal !== undefined && /^\d+$/.test(signal) && { signal: Number(signal) }),
  };
  // Whoever watches the old name has to look again too.
  const old = kind === 'renamed' && oldName ? [{ ...event, instance: oldName.replace(/^\//, '') }] : [];
  return { events: [...old, event], ...(cursor && { cursor }) };
}

export function sinceNano(nano: bigint): string {
  return `${nano / 1_000_000_000n}.${String(nano % 1_000_000_000n).padStart(9, '0')}`;
}
