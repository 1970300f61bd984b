/**
 * What JOC writes to a Controller as soon as its proxy is coupled (joc-proved N7): plan schema and calendar of the daily plan. An unchanged item is
 * not sent again. The real one's date expressions were not recorded; these are the emulation's own.
 */
import type { JsonObject } from '../../shared/json';
import { call } from '../upstream/http';
import type { Credentials } from './controller-proxy';

const ITEMS: readonly JsonObject[] = [
  { TYPE: 'PlanSchema', id: 'DailyPlan', planKeyExpr: "match(orderId, '#([0-9]{4}-[0-9]{2}-[0-9]{2})#.*', '$1') ?" },
  {
    TYPE: 'Calendar',
    path: 'dailyPlanCalendar',
    dateOffset: 0,
    orderIdToDatePattern: '#([^#]+)#.*',
    periodDatePattern: 'yyyy-MM-dd',
  },
];

/** Finds out from the lines of a snapshot what is there already. */
export class PlanItems {
  readonly #known = new Set<string>();

  /** A new snapshot begins. */
  heard(line: string): void {
    if (line.startsWith('{"TYPE":"SnapshotEventId"')) this.#known.clear();
    if (line.includes('DailyPlan') && line.includes('PlanSchema')) this.#known.add('PlanSchema');
    if (line.includes('dailyPlanCalendar') && line.includes('Calendar')) this.#known.add('Calendar');
  }

  async submit(url: string, { user, password, ca }: Credentials): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    for (const item of ITEMS) {
      if (this.#known.has(String(item.TYPE))) continue;
      const body = `${JSON.stringify({ TYPE: 'AddOrChangeSimple', item })}\n`;
      const headers = { authorization, 'content-type': 'application/x-ndjson' };
      // A Controller that does not know the kind of item refuses; nothing else depends on it.
      const { status } = await call(`${url}/controller/api/item`, { method: 'POST', headers, body, ca }).catch(() => ({ status: 0 }));
      if (status === 200) this.#known.add(String(item.TYPE));
    }
  }
}
