import 'server-only';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonOf, writeDurably } from './durable';

type Owner = { readonly uid: number; readonly gid: number };

/**
 * Owners of files in emulated volumes. Root really gives them away; anybody else can not, so there a file beside the volume remembers
 * what was asked for.
 */
export class Owners {
  readonly #path: string;
  readonly #root = process.getuid?.() === 0;

  constructor(engineFolder: string, volume: string) {
    this.#path = join(engineFolder, 'volumes', `.${volume}.owners.json`);
  }

  async give(host: string, rel: string, owner: Owner): Promise<void> {
    if (this.#root) return chown(host, owner.uid, owner.gid);
    this.#save({ ...this.#all(), [rel]: owner });
  }

  of(rel: string, real: Owner): Owner {
    return this.#root ? real : (this.#all()[rel] ?? real);
  }

  moved(from: string, to: string): void {
    if (this.#root) return;
    const moves = (rel: string) => rel === from || rel.startsWith(`${from}/`);
    this.#save(Object.fromEntries(Object.entries(this.#all()).map(([rel, o]) => [moves(rel) ? to + rel.slice(from.length) : rel, o])));
  }

  #all(): Record<string, Owner> {
    return jsonOf<Record<string, Owner>>(this.#path) ?? {};
  }
  #save(all: Record<string, Owner>): void {
    writeDurably(this.#path, JSON.stringify(all));
  }
}
