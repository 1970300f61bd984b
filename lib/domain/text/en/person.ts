/** What people did, as lines of a cluster's timeline; who did it stands beside the line. */
export const person = {
  'person.start': 'Start of {name} asked for',
  'person.stop': 'Stop of {name} asked for',
  'person.failed.start': '{name} could not be started: {why}',
  'person.failed.stop': '{name} could not be stopped: {why}',
  'person.cluster.added': 'Cluster added',
  'person.cluster.changed': 'Settings of the cluster changed',
  'person.purged': 'Retired journal {folder} of {name} deleted for good',
  'person.lock.taken-over': 'The lock of another Handover was removed',
  'person.lineage.accepted': 'The journal that lives now was accepted as the expected one',
} as const;
