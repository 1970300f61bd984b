import 'server-only';

/** Marks a helper container; its value is the instance it was made for. */
export const HELPER_LABEL = 'org.handover.helper';
/** Marks a helper that can write into the volumes; its value tells the pools of helpers apart. */
export const WRITER_LABEL = 'org.handover.writer';
/** Marks a lock container; its value is the key. */
export const LOCK_LABEL = 'org.handover.lock';
/** Who holds the lock: a JSON object of strings. */
export const OWNER_LABEL = 'org.handover.owner';

/** Marks a container that only remembers how another one was attached to a network (making/aliases.ts). */
export const ATTACHMENT_LABEL = 'org.handover.attachment';
/** Marks everything that set-up made; its value is the set-up's id. Unlike the others it is meant for people, and instances carry it. */
export const SETUP_LABEL = 'handover.setup';

/** Our own helpers, locks and notes are no instances. */
export const isOurs = (labels: Readonly<Record<string, string>>): boolean =>
  HELPER_LABEL in labels || LOCK_LABEL in labels || ATTACHMENT_LABEL in labels;
