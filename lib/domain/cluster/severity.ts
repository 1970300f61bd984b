import type { ClusterStatusCode, Severity } from './view';

/** JOC Cockpit's severities (joc-cockpit.md 2.3); undefined = a word of ours, which it does not have. `PreparedToBeCoupled` is 2 there; here 1 for its first 60 s (status.ts). */
export const SEVERITY: Readonly<Record<ClusterStatusCode, Severity | undefined>> = {
  Coupled: 0,
  NodesAppointed: 1,
  PassiveLost: 1,
  SwitchedOver: 1,
  FailedOver: 1,
  PreparedToBeCoupled: 2,
  ActiveShutDown: 2,
  Empty: 2,
  ActiveNodeIsNotReady: 2,
  NodeLossToBeConfirmed: 2,
  FailoverToBeConfirmed: 2,
  Unknown: 4,
  StandalonePair: undefined,
  SingleController: undefined,
};
