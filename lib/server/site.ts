import 'server-only';
import { isIP } from 'node:net';
import { type Problem, problem } from '../domain/errors';
import type { Env } from './env';

const hostName = (host: string) => host.toLowerCase().replace(/:\d+$/, '');
const isAddress = (name: string) => isIP(name.replace(/^\[|\]$/g, '')) !== 0;

/**
 * Is this a name by which Handover may be called? A page elsewhere can make a name of its own point to us (DNS rebinding); it cannot do
 * so with an address or with localhost. Other names have to be told: HANDOVER_ORIGIN, HANDOVER_TRUSTED_HOSTS.
 */
export function checkHost(headers: Headers, env: Pick<Env, 'origin' | 'trustedHosts'>): Problem | undefined {
  const host = headers.get('host') ?? '';
  const name = hostName(host);
  const known = ['localhost', ...env.trustedHosts, ...(env.origin ? [hostName(new URL(env.origin).host)] : [])];
  if (isAddress(name) || name.endsWith('.localhost') || known.includes(name) || env.trustedHosts.includes(host.toLowerCase()))
    return undefined;
  const remedy = `If people shall reach Handover by this name, start it with HANDOVER_TRUSTED_HOSTS=${/^[\w.-]+$/.test(name) ? name : 'the-name'}.`;
  return problem('CROSS_SITE', `This Handover is not known by the name "${name.slice(0, 100)}".`, { remedy });
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];
/**
 * Does a request that changes something come from our own pages? Browsers say so in Sec-Fetch-Site and Origin, and a foreign page cannot
 * change either. A request with neither comes from a program, which has no one else's cookies.
 */
export function checkOrigin(method: string, headers: Headers, env: Pick<Env, 'origin'>): Problem | undefined {
  if (SAFE.includes(method)) return undefined;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const foreignSite = site !== null && site !== 'same-origin' && site !== 'none';
  const own = [env.origin && hostOf(env.origin), headers.get('host')].filter((h) => h !== undefined && h !== null);
  const sender = origin === null ? undefined : hostOf(origin);
  // "null" (a sandboxed page, a file) is an origin too, and never ours.
  const foreignOrigin = origin !== null && (sender === undefined || !own.includes(sender));
  if (!foreignSite && !foreignOrigin) return undefined;
  const remedy = 'Open Handover itself and do it there. Behind a proxy, set HANDOVER_ORIGIN to the address that browsers show.';
  return problem('CROSS_SITE', 'The request was sent by another site.', { remedy });
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/** The caller's address, for the login limit alone: as tellCallers found it (caller.ts). */
export const addressOf = (headers: Headers): string => headers.get('x-forwarded-for') || 'unknown';

/** Which page is asked for, with its query: where to go after the login. `_rsc` is Next's own, for the data of a page instead of the page. */
export function placeAsked({ pathname, search }: Pick<URL, 'pathname' | 'search'>): string {
  const query = new URLSearchParams(search);
  query.delete('_rsc');
  return query.size === 0 ? pathname : `${pathname}?${query}`;
}
