/**
 * The proxies of one user, by Controller ID, with the recorded defect (joc-proved N1, N2, N10): an entry keeps the address with which it was made,
 * and an update is compared with *that* one. An address that returns to it is taken for unchanged, and the proxy stays where it is.
 */
import type { ControllerProxy } from './controller-proxy';

interface Entry {
  /** Never replaced while the entry lives. */
  readonly key: string;
  proxy: ControllerProxy;
}

export class Proxies {
  readonly #entries = new Map<string, Entry>();
  /** Stopped before they ever coupled: they go on trying, and couple if a Controller appears there (N10). */
  readonly #left = new Map<string, ControllerProxy[]>();
  readonly #make: (controllerId: string, urls: readonly string[]) => ControllerProxy;

  constructor(make: (controllerId: string, urls: readonly string[]) => ControllerProxy) {
    this.#make = make;
  }

  get(controllerId: string): ControllerProxy | undefined {
    return this.#entries.get(controllerId)?.proxy;
  }

  get all(): readonly (readonly [string, ControllerProxy])[] {
    return [...this.#entries].map(([id, { proxy }]) => [id, proxy] as const);
  }

  /** Starts, or restarts at another address. */
  update(controllerId: string, urls: readonly string[]): void {
    const key = urls.join(' ');
    const entry = this.#entries.get(controllerId);
    if (!entry) {
      this.#entries.set(controllerId, { key, proxy: this.#make(controllerId, urls).start() });
      return;
    }
    if (entry.key === key) return;
    const old = entry.proxy;
    entry.proxy = this.#make(controllerId, urls).start();
    if (old.everCoupled) old.stop();
    else this.#left.set(controllerId, [...(this.#left.get(controllerId) ?? []), old]);
  }

  /** Made anew at the address given, key and all. */
  restart(controllerId: string, urls: readonly string[]): void {
    this.#entries.get(controllerId)?.proxy.stop();
    this.#entries.set(controllerId, { key: urls.join(' '), proxy: this.#make(controllerId, urls).start() });
  }

  remove(controllerId: string): void {
    for (const proxy of [this.get(controllerId), ...(this.#left.get(controllerId) ?? [])]) proxy?.stop();
    this.#entries.delete(controllerId);
    this.#left.delete(controllerId);
  }
}
