import type { Server } from './server.mjs';

export interface ListedPage {
  /** File name of its screenshots. */
  readonly name: string;
  readonly path: string;
}
export const GUEST_PAGES: readonly ListedPage[];
export function pagesOf(server: Server, cookie: { readonly name: string; readonly value: string }): Promise<readonly ListedPage[]>;
