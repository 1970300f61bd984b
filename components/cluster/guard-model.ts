import type { Alarm } from '@/lib/domain/cluster/view';

/** Everything the guard watches, the most dangerous first. Complete by type: a new alarm without a line here does not compile. */
const ORDER: Record<Alarm['code'], number> = {
  'two-alive': 0,
  'may-be-two': 1,
  'must-not-live': 2,
  'unexpected-lineage': 3,
  'nobody-active': 4,
  'two-at-rest': 5,
  'journals-parted': 6,
  'spare-not-fenced': 7,
  'third-copy': 8,
  renamed: 9,
  'restart-policy': 10,
  'appointed-without-licence': 11,
  'auto-remove': 12,
  'joc-elsewhere': 13,
};
export const WATCHED = (Object.keys(ORDER) as Alarm['code'][]).sort((a, b) => ORDER[a] - ORDER[b]);
