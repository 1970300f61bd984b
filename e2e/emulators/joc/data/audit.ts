/** The audit log (joc-cockpit 1.4, recordings 05/28, 09): kept as data, and mirrored as lines in `audit.log`. */
import fs from 'node:fs';
import path from 'node:path';
import { type JsonObject, numberAt, objectAt, stringAt } from '../../shared/json';
import { entityDate } from '../web/dates';
import { JocError } from '../web/reply';
import { Store } from './store';

interface Entry {
  readonly id: number;
  readonly account: string;
  readonly request: string;
  /** Milliseconds. */
  readonly created: number;
  readonly controllerId: string;
  readonly comment: string | undefined;
  readonly parameters: string;
  readonly timeSpent: number | undefined;
  readonly ticketLink: string | undefined;
}

const KEPT = 2000;
const LONGEST_PARAMETERS = 4096;

export class AuditLog {
  readonly #store: Store<{ nextId: number; entries: Entry[] }>;
  readonly #file: string;
  readonly #forced: boolean;

  constructor(directory: string, forced: boolean) {
    this.#store = new Store(directory, 'audit', { nextId: 1, entries: [] });
    this.#file = path.join(directory, 'audit.log');
    this.#forced = forced;
  }

  /** Throws JOC-300 when a reason is demanded and there is none; three blanks are one (recording 09/06). */
  add(account: string, request: string, controllerId: string, body: JsonObject): void {
    const given = objectAt(body, 'auditLog');
    const comment = stringAt(given, 'comment');
    if (this.#forced && (comment === undefined || comment === ''))
      throw new JocError('JOC-300', 'JocMissingCommentException', 'missing comment');
    const { value } = this.#store;
    const entry: Entry = {
      id: value.nextId++,
      account,
      request: `./${request}`,
      created: Date.now(),
      controllerId,
      comment,
      parameters: JSON.stringify(body).slice(0, LONGEST_PARAMETERS),
      timeSpent: numberAt(given, 'timeSpent'),
      ticketLink: stringAt(given, 'ticketLink'),
    };
    value.entries = [...value.entries.slice(-KEPT + 1), entry];
    this.#store.save();
    const line = [entry.request, account, entry.parameters, comment ?? '', entry.timeSpent ?? '', entry.ticketLink ?? ''].join(' - ');
    fs.appendFileSync(this.#file, `${entityDate(entry.created)} ${line}\n`);
  }

  /** Newest first. */
  find(filter: JsonObject): JsonObject[] {
    const controllerId = stringAt(filter, 'controllerId');
    const account = stringAt(filter, 'account');
    const ticketLink = stringAt(filter, 'ticketLink');
    const comment = stringAt(filter, 'comment');
    const from = Date.parse(stringAt(filter, 'dateFrom') ?? '');
    const to = Date.parse(stringAt(filter, 'dateTo') ?? '');
    return this.#store.value.entries
      .filter((e) => !controllerId || e.controllerId === controllerId)
      .filter((e) => !account || e.account === account)
      .filter((e) => !ticketLink || e.ticketLink === ticketLink)
      .filter((e) => !comment || e.comment === comment)
      .filter((e) => !(e.created < from) && !(e.created > to))
      .slice(-(numberAt(filter, 'limit') ?? 5000))
      .reverse()
      .map((e) => ({
        id: e.id,
        account: e.account,
        request: e.request,
        created: entityDate(e.created),
        controllerId: e.controllerId,
        category: 'CONTROLLER',
        comment: e.comment,
        parameters: e.parameters,
        timeSpent: e.timeSpent,
        ticketLink: e.ticketLink,
      }));
  }
}
