import 'server-only';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { AuditQuery } from '../contract/runs';
import { AUDIT } from '../domain/audit';
import type { AuditEntry } from '../ports/runs';
import type { Store } from '../ports/store';
import type { Download } from './download';

const PAGE = 500;
/** More than this is no document any more; the newest come first. */
const MOST = 100_000;

type Query = z.output<typeof AuditQuery>;

/** One page, or with a format the whole of what the search finds, as a document. */
export function auditAnswer(store: Pick<Store, 'audit'>, { format, limit, ...search }: Query): readonly AuditEntry[] | Download {
  const wanted = Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined && v !== ''));
  if (format === 'json') return store.audit.search({ ...wanted, limit });
  const all = everything(store, wanted);
  return format === 'csv'
    ? { download: 'text/csv', fileName: 'audit.csv', text: auditCsv(all) }
    : { download: 'application/jsonl', fileName: 'audit.jsonl', text: all.map((e) => `${JSON.stringify(line(e))}\n`).join('') };
}

function everything(store: Pick<Store, 'audit'>, search: { text?: string; clusterId?: string; before?: number }): readonly AuditEntry[] {
  const found: AuditEntry[] = [];
  for (let before = search.before; found.length < MOST; before = found.at(-1)?.id) {
    const page = store.audit.search({ ...search, ...(before !== undefined && { before }), limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) break;
  }
  return found;
}

const COLUMNS = ['id', 'time', 'who', 'what', 'meaning', 'result', 'cluster', 'subject', 'reason', 'ticket', 'detail'] as const;
const line = (e: AuditEntry) => ({
  id: e.id,
  time: new Date(e.at).toISOString(),
  who: e.who,
  what: e.what,
  meaning: (AUDIT as Readonly<Record<string, string>>)[e.what],
  result: e.result,
  cluster: e.clusterId,
  subject: e.subject,
  reason: e.reason,
  ticket: e.ticket,
  detail: e.detail,
});

/** Reasons and names are typed by people: what a spreadsheet would take for a formula is escaped. */
export const auditCsv = (entries: readonly AuditEntry[]): string =>
  stringify(entries.map(line), { header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: 'windows', bom: true });
