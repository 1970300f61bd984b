import 'server-only';
import type { z } from 'zod';
import type { AuditInput, RegisterInput } from '../../contract/joc';
import type { Cluster } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import type { JocAudit, JocFollow } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import type { Wanted } from '../../usecases/joc/register';
import type { FieldProblem } from '../answer';

type Input = z.output<typeof RegisterInput>;

/** What a form left empty is not sent. */
export const auditOf = (a: z.output<typeof AuditInput> | undefined): JocAudit => ({
  ...(a?.comment && { comment: a.comment }),
  ...(a?.timeSpent !== undefined && { timeSpent: a.timeSpent }),
  ...(a?.ticketLink && { ticketLink: a.ticketLink }),
});

const wrong = (message: string, field: string, says: string): Result<never, FieldProblem> =>
  err({ ...problem('BAD_REQUEST', message), fields: { [field]: says } });
const trimmed = (url: string): string => url.replace(/\/+$/, '');
const PATH = /^https?:\/\/[^/]+\/+./i;

/** The request in the words of the use case; refused where it contradicts itself. */
export function wantedOf(input: Input, cluster: Cluster): Result<Wanted, FieldProblem> {
  const path = urlsOf(input).find((u) => PATH.test(u));
  if (path) return wrong(`The address of a Controller has no path: ${path}`, 'url', 'Without a path');
  const follow = followOf(input, cluster);
  if (!follow.ok) return follow;
  const both =
    input.type === 'autonomous'
      ? { primary: input.caption, secondary: input.caption }
      : { primary: input.primary.caption, secondary: input.secondary.caption };
  return ok({
    jocId: input.jocId,
    follow: follow.value,
    captions: { ...(both.primary && { primary: both.primary }), ...(both.secondary && { secondary: both.secondary }) },
    ...(input.type === 'cluster' && { forceFailoverConfirmation: input.forceFailoverConfirmation }),
    audit: auditOf(input.audit),
    mayInterrupt: input.type === 'autonomous' && input.mayInterrupt === true,
    otherPasswords: input.otherPasswords === true,
    licensed: input.type === 'cluster' && input.controllersLicensed === true,
  });
}

function urlsOf(input: Input): readonly string[] {
  if (input.type === 'cluster') return [input.primary.url, input.secondary.url];
  return input.follow.kind === 'update' ? [...input.follow.primaryUrls, ...input.follow.secondaryUrls] : [input.follow.url];
}

function followOf(input: Input, cluster: Cluster): Result<JocFollow, FieldProblem> {
  if (input.type === 'cluster') {
    if (!cluster.secondary) return err(problem('CONFLICT', 'There is no Secondary: only one Controller can be registered.'));
    const peers = {
      ...(input.primary.clusterUrl && { primary: trimmed(input.primary.clusterUrl) }),
      ...(input.secondary.clusterUrl && { secondary: trimmed(input.secondary.clusterUrl) }),
    };
    const urls = { primary: trimmed(input.primary.url), secondary: trimmed(input.secondary.url) };
    return ok({ kind: 'cluster', urls, ...(Object.keys(peers).length > 0 && { clusterUrls: peers }) });
  }
  const f = input.follow;
  if (f.kind === 'front') return ok({ kind: 'front', url: trimmed(f.url) });
  if (f.kind === 'name') {
    const host = /^https?:\/\/(\[[^\]]+\]|[^/:]+)/i.exec(f.url)?.[1]?.toLowerCase();
    if (host !== f.alias.toLowerCase())
      return wrong(`The URL does not lead to the name ${f.alias}.`, 'follow.url', `Its host is ${f.alias}`);
    const members = [cluster.primary, cluster.secondary].map((m) => m?.ref.name.toLowerCase());
    if (members.includes(f.alias.toLowerCase()))
      return wrong(`${f.alias} is the name of a container itself: it cannot move.`, 'follow.alias', 'Another name');
    return ok({ kind: 'name', url: trimmed(f.url), alias: f.alias, network: f.network });
  }
  const [primary, secondary] = [f.primaryUrls, f.secondaryUrls].map((urls) => [...new Set(urls.map(trimmed))]) as [string[], string[]];
  if (primary.some((u) => secondary.includes(u)))
    return wrong('Both Controllers have the same URL.', 'follow.secondaryUrls', 'Another one');
  return ok({ kind: 'update', urls: { ...(primary.length > 0 && { primary }), ...(secondary.length > 0 && { secondary }) } });
}
