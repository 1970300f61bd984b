/** Which events `?return=` means: names of groups or of single events (controller-api 1.3). */
const GROUPS: Record<string, (type: string) => boolean> = {
  Event: () => true,
  ClusterEvent: (t) => t.startsWith('Cluster'),
  OrderEvent: (t) => t.startsWith('Order') && t !== 'OrderWatchEvent',
  ControllerEvent: (t) => t.startsWith('Controller'),
  JournalEvent: (t) => t === 'SnapshotTaken' || t === 'JournalEventsReleased',
  AgentRefStateEvent: (t) => t.startsWith('Agent'),
  SubagentItemStateEvent: (t) => t.startsWith('Subagent'),
  InventoryItemEvent: (t) => /^(UnsignedSimpleItem|SignedItem|Item|Versioned)/.test(t),
  VersionedEvent: (t) => t.startsWith('Version'),
  OrderWatchEvent: (t) => t.startsWith('ExternalOrder'),
  NoticeEvent: (t) => t.startsWith('Notice'),
  PlanEvent: (t) => t.startsWith('Plan') && !t.startsWith('PlanSchema'),
  PlanSchemaEvent: (t) => t.startsWith('PlanSchema'),
};

const SINGLE =
  /^(Snapshot|JournalEvents|Cluster|Controller|Order|Agent|Subagent|UnsignedSimpleItem|SignedItem|Item|Version|ExternalOrder|Notice|Plan)[A-Z]\w*$/;

/** Undefined: the name means nothing. */
export function eventFilter(wanted: string | null): ((type: string) => boolean) | undefined {
  if (wanted === null) return () => true;
  const tests = wanted.split(',').map((name) => {
    const group = GROUPS[name];
    return group ?? (SINGLE.test(name) || name === 'VersionAdded' ? (t: string) => t === name : undefined);
  });
  return tests.some((t) => t === undefined) ? undefined : (type) => tests.some((t) => t?.(type));
}
