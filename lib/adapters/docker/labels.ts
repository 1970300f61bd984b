import 'server-only';

/** Marks a helper container; its value is the instance it was made for. */
export const HELPER_LABEL = 'org.handover.helper';
/** Marks a lock container; its value is the key. */
export const LOCK_LABEL = 'org.handover.lock';
/** Who holds the lock: a JSON object of strings. */
export const OWNER_LABEL = 'org.handover.owner';

/** Our own helpers and locks are no instances. */
export const isOurs = (labels: Readonly<Record<string, string>>): boolean => HELPER_LABEL in labels || LOCK_LABEL in labels;
