/** What can be known of a JS7 licence without guessing (docker-images.md 5, controller-api.md 6). */
import type { ControllerFacts } from '../controller/controller';
import type { DiskFacts } from '../journal/disk';
import type { Licence } from './facts';

/** States that only a pair reaches whose standby node has passed the licence check. `NodesAppointed` is accepted without one (product.md 3.7). */
const COUPLED: ReadonlySet<string> = new Set(['Coupled', 'ActiveShutDown', 'PassiveLost', 'SwitchedOver', 'FailedOver']);

export function licenceOf(says: ControllerFacts | undefined, disk: DiskFacts | undefined): Licence {
  if (says?.node.kind === 'state' && COUPLED.has(says.node.state.clusterState.type)) return 'proved';
  return disk?.refusal?.kind === 'no-licence' ? 'not' : 'unknown';
}
/** Words of the start in the container's log; the last one counts. */
export function licenceInLog(lines: readonly string[]): Licence {
  const word = lines.findLast((l) => YES.test(l) || NO.test(l));
  if (word === undefined) return 'unknown';
  return YES.test(word) ? 'proved' : 'not';
}
const YES = /ClusterLicenseCheck - Product Name: js7\.controller\.cluster|using Commercial License/;
const NO = /No licen[cs]e certificates found|No license for js7\.controller\.cluster/;
