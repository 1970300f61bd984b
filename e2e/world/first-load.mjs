// First-load JavaScript: all scripts that a page's HTML names, without those for old browsers, each compressed with gzip. What a page fetches
// once it stands (dialogs, texts of messages) is not of it. Read from the HTML, so that the figure does not depend on how fast the machine is.
import { gzipSync } from 'node:zlib';
import { GUEST_PAGES, pagesOf } from './pages.mjs';

/** The budget, bytes. */
export const FIRST_LOAD_BUDGET = 170_000;

/** [{ name, bytes }] of every page after the login, and of the login. Throws where a page names no script: then nothing was measured. */
export async function firstLoad(server, cookie) {
  const sizes = new Map();
  const sizeOf = async (chunk) => {
    const answer = await fetch(`${server.url}/_next/${chunk}`);
    if (!answer.ok) throw new Error(`${chunk}: ${answer.status}`);
    return gzipSync(Buffer.from(await answer.arrayBuffer())).length;
  };
  const pages = [];
  for (const { name, path } of [...GUEST_PAGES.filter((page) => page.name === 'login'), ...(await pagesOf(server, cookie))]) {
    const headers = name === 'login' ? {} : { cookie: `${cookie.name}=${cookie.value}` };
    const html = await (await fetch(server.url + path, { headers, redirect: 'error' })).text();
    const chunks = chunksIn(html);
    if (chunks.size < 3) throw new Error(`${name} names ${chunks.size} scripts: nothing was measured`);
    let bytes = 0;
    for (const chunk of chunks) {
      if (!sizes.has(chunk)) sizes.set(chunk, await sizeOf(chunk));
      bytes += sizes.get(chunk);
    }
    pages.push({ name, bytes });
  }
  return pages;
}

/** Scripts in tags, and those that the page's description names for its client components. */
function chunksIn(html) {
  const old = new Set([...html.matchAll(/<script[^>]*\bnomodule\b[^>]*>/gi)].flatMap(([tag]) => named(tag)));
  return new Set(named(html).filter((chunk) => !old.has(chunk)));
}
const named = (text) => [...text.matchAll(/static\/chunks\/[\w.~/-]+?\.js/g)].map(([chunk]) => chunk);
