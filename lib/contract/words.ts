/** Domain types that are part of the API, for those who may import the contract but not the domain (lib/client). Types only: nothing runs here. */
export type { AccountRole } from '../domain/account';
export type { Slot } from '../domain/cluster/cluster';
export type { ClusterView, TimelineEvent } from '../domain/cluster/view';
export type { Problem } from '../domain/errors';
export type { Result } from '../domain/result';
