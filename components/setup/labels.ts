import type { CallFailure } from '@/lib/client/fetcher';
import { t } from './t';

const OF_ACCESS = {
  user: 'ui.access.user',
  password: 'ui.access.password',
  ca: 'ui.access.ca.label',
  clientCert: 'ui.access.clientCert',
  clientKey: 'ui.access.clientKey',
} as const;
const isOfAccess = (field: string): field is keyof typeof OF_ACCESS => field in OF_ACCESS;

/** What stands above the input of an API's field (`primary.access.url`); undefined where it has none. */
function labelOf(path: string): string | undefined {
  if (path === 'name') return t('ui.setup.name');
  const [, slot, field] = /^(primary|secondary)\.access\.(\w+)$/.exec(path) ?? [];
  if ((slot !== 'primary' && slot !== 'secondary') || field === undefined) return undefined;
  if (field === 'url') return t(`ui.access.url.${slot}`);
  return isOfAccess(field) ? t('ui.setup.fieldOf', { slot: t(`ui.slot.${slot}`), field: t(OF_ACCESS[field]) }) : undefined;
}

/** A refused input in the words of the form. As it is where a field has no label, or where the server said more than which fields are wrong. */
export function inLabels(failure: CallFailure): CallFailure {
  const told = Object.entries(failure.fields).map(([path, wrong]) => ({ field: labelOf(path), wrong: wrong.replace(/\.$/, '') }));
  if (failure.code !== 'BAD_REQUEST' || told.length === 0) return failure;
  const lines = told.flatMap(({ field, wrong }) => (field === undefined ? [] : [t('ui.setup.field', { field, wrong })]));
  return lines.length === told.length ? { ...failure, message: lines.join(' ') } : failure;
}
