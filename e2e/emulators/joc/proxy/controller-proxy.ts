/**
 * A follower of one Controller (or of the active node of a cluster) as JOC's proxies are: logs in as JOC or History, takes a snapshot or goes on
 * after a known event, and reads the events. Tries again after 1, 1, 2, 2, 5, 5 … s (joc-proved N16).
 */
import { isObject, type Json, type JsonObject, numberAt, stringAt } from '../../shared/json';
import { call } from '../upstream/http';
import { type LineStream, lines, StreamRefused } from '../upstream/stream';

const RETRY_S = [1, 1, 2, 2, 5] as const;
const HEARTBEAT_S = 10;

export interface Credentials {
  readonly user: 'JOC' | 'History';
  readonly password: string;
  readonly ca: string | undefined;
}

export interface Listener {
  coupled?(proxy: ControllerProxy): void;
  decoupled?(proxy: ControllerProxy): void;
  event?(proxy: ControllerProxy, line: string, type: string, eventId: number): void;
  /** A line of the snapshot. */
  snapshot?(line: string): void;
}

export class ControllerProxy {
  readonly urls: readonly string[];
  readonly #credentials: Credentials;
  readonly #listener: Listener;
  /** The node it follows now. */
  url: string;
  coupled = false;
  everCoupled = false;
  /** The Controller does not take the password. */
  refused = false;
  /** Undefined: begin with a snapshot. */
  lastEventId: number | undefined;
  #stopped = false;
  #stream: LineStream | undefined;
  #wake: (() => void) | undefined;

  constructor(urls: readonly string[], credentials: Credentials, listener: Listener, lastEventId?: number) {
    this.urls = urls;
    this.url = urls[0] ?? '';
    this.#credentials = credentials;
    this.#listener = listener;
    this.lastEventId = lastEventId;
  }

  start(): this {
    void this.#run();
    return this;
  }

  stop(): void {
    this.#stopped = true;
    this.#stream?.stop();
    this.#wake?.();
    this.#uncouple();
  }

  /** Tries at once, without the rest of the pause. */
  hurry(): void {
    this.#wake?.();
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      try {
        await this.#follow(() => {
          attempt = 0;
        });
      } catch (error) {
        if (error instanceof StreamRefused && /UnknownEventId/.test(error.text)) {
          // The Controller went back in time, or is another one: begin anew (joc-proved N6).
          this.lastEventId = undefined;
          continue;
        }
      }
      this.#uncouple();
      if (this.#stopped) return;
      await this.#rest((RETRY_S[attempt] ?? 5) * 1000);
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #uncouple(): void {
    if (!this.coupled) return;
    this.coupled = false;
    this.#listener.decoupled?.(this);
  }

  async #follow(onCoupled: () => void): Promise<void> {
    const { url, token } = await this.#choose();
    if (this.#stopped) return;
    this.url = url;
    const headers = { 'x-js7-session': token };
    const { ca } = this.#credentials;
    if (this.lastEventId === undefined && this.#credentials.user === 'History') {
      // History reads all that is left (joc-proved N6).
      const { text } = await call(`${url}/controller/api/journalInfo`, { ca });
      this.lastEventId = numberAt(objectOf(text), 'tornEventId') ?? 0;
    }
    if (this.lastEventId === undefined) {
      let first: number | undefined;
      this.#stream = lines(`${url}/controller/api/snapshot`, {
        ca,
        headers,
        silenceMs: 30_000,
        onLine: (line) => {
          first ??= Number(/^\{"TYPE":"SnapshotEventId","eventId":(\d+)/.exec(line)?.[1] ?? 0);
          this.#listener.snapshot?.(line);
        },
      });
      await this.#stream.ended;
      this.lastEventId = first ?? 0;
    }
    if (this.#stopped) return;
    this.#stream = lines(`${url}/controller/api/event?after=${this.lastEventId}&heartbeat=${HEARTBEAT_S}`, {
      ca,
      headers,
      silenceMs: HEARTBEAT_S * 2500,
      onOpen: () => {
        if (this.#stopped) return;
        onCoupled();
        this.coupled = true;
        this.everCoupled = true;
        this.#listener.coupled?.(this);
      },
      onLine: (line) => this.#heard(line),
    });
    await this.#stream.ended;
  }

  #heard(line: string): void {
    const eventId = Number(/"eventId":(\d+)/.exec(line)?.[1] ?? 0);
    if (eventId === 0 || this.#stopped) return;
    this.lastEventId = eventId;
    this.#listener.event?.(this, line, /"TYPE":"(\w+)"/.exec(line)?.[1] ?? '', eventId);
  }

  /** Logs in; of two nodes at the one that is active. */
  async #choose(): Promise<{ url: string; token: string }> {
    const tried = await Promise.allSettled(this.urls.map(async (url) => ({ url, token: await this.#login(url) })));
    const open = tried.flatMap((t) => (t.status === 'fulfilled' ? [t.value] : []));
    for (const node of open) if (this.urls.length === 1 || (await this.#isActive(node))) return node;
    throw new Error('no Controller');
  }

  async #login(url: string): Promise<string> {
    const { user, password, ca } = this.#credentials;
    const body = JSON.stringify({ TYPE: 'Login', userAndPassword: { userId: user, password }, js7Version: '2.9.0' });
    const { status, text } = await call(`${url}/controller/api/session`, { method: 'POST', body, ca });
    this.refused = status === 401 || status === 403;
    const token = status === 200 ? stringAt(objectOf(text), 'sessionToken') : undefined;
    if (token === undefined) throw new Error(`HTTP ${status}`);
    return token;
  }

  async #isActive({ url, token }: { url: string; token: string }): Promise<boolean> {
    const headers = { 'x-js7-session': token };
    const { status, text } = await call(`${url}/controller/api/cluster?return=ClusterNodeState`, { headers, ca: this.#credentials.ca });
    const state = objectOf(text);
    const cluster = isObject(state.clusterState) ? state.clusterState : {};
    const setting = isObject(cluster.setting) ? cluster.setting : {};
    return status === 200 && (cluster.TYPE === 'Empty' || setting.activeId === state.nodeId);
  }
}

function objectOf(text: string): JsonObject {
  const json: Json = text.startsWith('{') ? (JSON.parse(text) as Json) : null;
  return isObject(json) ? json : {};
}
