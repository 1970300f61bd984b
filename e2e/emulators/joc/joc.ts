/** The parts of one running JOC Cockpit, and what happens between them. */
import fs from 'node:fs';
import { objectAt, stringAt } from '../shared/json';
import { clock, type LogFile } from '../shared/log-file';
import { AuditLog } from './data/audit';
import { Availability } from './data/availability';
import { Registry, type Row } from './data/registry';
import { Events } from './events';
import { ControllerProxy, type Credentials } from './proxy/controller-proxy';
import { PlanItems } from './proxy/plan';
import { Proxies } from './proxy/proxies';
import { Sessions } from './sessions';
import type { Settings } from './settings';
import { ControllerApi } from './upstream/controller-api';
import { Watch } from './watch';

export const INSTANCE_ID = 'joc#0';
/** A proxy of a Controller that refuses the password is restarted so often, once somebody polls its events (joc-proved N8). */
const POISON_MS = 1500;
const HEARTBEAT_MS = 30_000;

export class Joc {
  readonly settings: Settings;
  readonly log: LogFile;
  readonly startedAt = Date.now();
  readonly registry: Registry;
  readonly audit: AuditLog;
  readonly availability: Availability;
  readonly sessions: Sessions;
  readonly events = new Events();
  readonly api: ControllerApi;
  readonly proxies: Proxies;
  readonly histories: Proxies;
  readonly watches = new Map<string, Watch>();
  /** Wrong logins in a row. */
  failedLogins = 0;
  #servicesRun = false;
  readonly #poisoned = new Map<string, NodeJS.Timeout>();

  constructor(settings: Settings, log: LogFile) {
    this.settings = settings;
    this.log = log;
    this.registry = new Registry(settings.directory, settings.securityLevel);
    this.audit = new AuditLog(settings.directory, settings.forceComments);
    this.availability = new Availability(settings.directory);
    this.sessions = new Sessions(settings.sessionMs);
    const ca = settings.truststore === undefined ? undefined : fs.readFileSync(settings.truststore, 'utf8');
    this.api = new ControllerApi(settings.passwords.JOC, ca);
    this.proxies = new Proxies((id, urls) => this.#jocProxy(id, urls, { user: 'JOC', password: settings.passwords.JOC, ca }));
    this.histories = new Proxies((id, urls) => this.#historyProxy(id, urls, { user: 'History', password: settings.passwords.History, ca }));
  }

  get active(): boolean {
    return !this.settings.standby;
  }

  get lastHeartbeat(): number {
    return this.startedAt + Math.floor((Date.now() - this.startedAt) / HEARTBEAT_MS) * HEARTBEAT_MS;
  }

  /** At the start of JOC; the addresses registered now are the keys of the proxies (joc-proved N1). */
  start(): void {
    for (const id of this.registry.ids) this.proxies.update(id, this.urls(id));
    if (this.registry.ids.length > 0) void this.#startServices();
  }

  urls(controllerId: string): string[] {
    return this.registry.of(controllerId).map((r) => r.url);
  }

  /** After a registration: `former` are the rows that were there before. */
  registered(controllerId: string, former: readonly Row[]): void {
    const urls = this.urls(controllerId);
    this.proxies.update(controllerId, urls);
    if (!this.#servicesRun) {
      // A JOC without Controllers looks for some from time to time (joc-proved N14).
      setTimeout(() => void this.#startServices(), this.settings.servicesMs).unref();
      return;
    }
    this.histories.update(controllerId, urls);
    if (urls.length < 2) this.#stopWatch(controllerId);
    // An additional new cluster is neither watched nor appointed by its registration (joc-cockpit 6.1).
    else if (former.length > 0)
      void this.watchAndAppoint(controllerId, former.length < 2 || changed(former, this.registry.of(controllerId)));
  }

  unregistered(controllerId: string): void {
    this.proxies.remove(controllerId);
    this.histories.remove(controllerId);
    this.#stopWatch(controllerId);
    clearInterval(this.#poisoned.get(controllerId));
    this.#poisoned.delete(controllerId);
  }

  async #startServices(): Promise<void> {
    if (this.#servicesRun || this.registry.ids.length === 0 || !this.active) return;
    this.#servicesRun = true;
    this.log.info('com.sos.joc.cluster', 'services started: history, monitoring, ClusterWatch');
    for (const id of this.registry.ids) {
      this.histories.update(id, this.urls(id));
      if (this.registry.of(id).length === 2) await this.watchAndAppoint(id, true);
    }
  }

  /** Watches the cluster, and appoints its nodes where the Controllers know other ones. Throws what the Controller refuses. */
  async watchAndAppoint(controllerId: string, restart = false, byUser = false): Promise<void> {
    if (restart) this.#stopWatch(controllerId);
    this.#startWatch(controllerId);
    try {
      await this.#appoint(controllerId);
    } catch (error) {
      this.log.warn('com.sos.joc.classes.proxy.ClusterWatch', `[${controllerId}] appointing nodes: ${(error as Error).message}`);
      if (byUser) throw error;
    }
  }

  #startWatch(controllerId: string): void {
    if (this.watches.has(controllerId) || !this.active) return;
    const rows = this.registry.of(controllerId);
    const options = {
      id: INSTANCE_ID,
      password: this.settings.passwords.JOC,
      ca: this.api.ca,
      confirmFailover: rows.some((r) => r.forceFailoverConfirmation),
      tell: (type: 'NodeLossProblemEvent' | 'FailoverProblemEvent', message: string) => this.events.tell(controllerId, type, { message }),
    };
    this.watches.set(
      controllerId,
      new Watch(
        rows.map((r) => r.url),
        options,
      ),
    );
  }

  #stopWatch(controllerId: string): void {
    this.watches.get(controllerId)?.stop();
    this.watches.delete(controllerId);
  }

  async #appoint(controllerId: string): Promise<void> {
    const rows = this.registry.of(controllerId);
    const idToUri = Object.fromEntries(rows.map((r) => [r.role === 'PRIMARY' ? 'Primary' : 'Backup', r.clusterUrl]));
    const answers = await Promise.allSettled(rows.map((r) => this.api.clusterState(r.url)));
    const states = answers.flatMap((a) => (a.status === 'fulfilled' ? [a.value] : []));
    const settings = states.map((s) => objectAt(s, 'setting'));
    const known = settings.find((s) => s !== undefined);
    const sorted = (o: object): string => JSON.stringify(Object.entries(o).sort());
    if (known && sorted(objectAt(known, 'idToUri') ?? {}) === sorted(idToUri)) return;
    const activeId = stringAt(known, 'activeId') ?? 'Primary';
    const at = rows.find((r) => (r.role === 'PRIMARY') === (activeId === 'Primary'))?.url ?? '';
    await this.api.command(at, { TYPE: 'ClusterAppointNodes', idToUri, activeId });
    this.log.info('com.sos.joc.classes.proxy.ClusterWatch', `[${controllerId}] nodes appointed`);
  }

  /** Somebody polls the events of a Controller that refuses JOC: from then on its proxy starts again and again. */
  poison(controllerId: string): void {
    if (!this.proxies.get(controllerId)?.refused || this.#poisoned.has(controllerId)) return;
    const again = (): void => {
      if (!this.proxies.get(controllerId)?.refused) return;
      this.proxies.restart(controllerId, this.urls(controllerId));
      this.events.tell(controllerId, 'ProxyDecoupled');
    };
    this.events.tell(controllerId, 'ProxyDecoupled');
    this.#poisoned.set(controllerId, setInterval(again, POISON_MS).unref());
  }

  /** JOC's event bus is held up by proxies that start again and again: everything else waits. */
  get heldUpMs(): number {
    return [...this.#poisoned.keys()].some((id) => this.proxies.get(id)?.coupled === false) ? 3500 : 0;
  }

  #jocProxy(controllerId: string, urls: readonly string[], credentials: Credentials): ControllerProxy {
    const plan = new PlanItems();
    const say = (what: string, url: string): void =>
      this.log.info('com.sos.joc.classes.proxy.ProxyContext', `[${controllerId}] ${what} ${url}`);
    return new ControllerProxy(urls, credentials, {
      snapshot: (line) => plan.heard(line),
      coupled: (proxy) => {
        say('ProxyCoupled', proxy.url);
        this.events.tell(controllerId, 'ProxyCoupled');
        if (this.proxies.get(controllerId) === proxy) void plan.submit(proxy.url, credentials);
      },
      decoupled: (proxy) => {
        say('ProxyDecoupled', proxy.url);
        this.events.tell(controllerId, 'ProxyDecoupled');
      },
      event: (_, __, type) => {
        if (/^(Controller|Cluster)/.test(type) && type !== 'ControllerInitialized')
          this.events.tell(controllerId, 'ControllerStateChanged');
      },
    });
  }

  #historyProxy(controllerId: string, urls: readonly string[], credentials: Credentials): ControllerProxy {
    const event = ({ url }: ControllerProxy, line: string, type: string, eventId: number): void =>
      this.availability.heard(controllerId, url, eventId, type, Number(/"totalRunningTime":([\d.]+)/.exec(line)?.[1] ?? 0));
    const coupled = ({ url }: ControllerProxy): void =>
      this.log.info('com.sos.joc.history', `[${controllerId}] reads from ${url} (${clock()})`);
    return new ControllerProxy(urls, credentials, { event, coupled }, this.availability.lastEventId(controllerId));
  }
}

function changed(former: readonly Row[], now: readonly Row[]): boolean {
  const key = (rows: readonly Row[]): string => rows.map((r) => `${r.url} ${r.forceFailoverConfirmation}`).join(' ');
  return key(former) !== key(now);
}
