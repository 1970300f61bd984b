/** Content negotiation as Pekko HTTP does it for JS7 (controller-api 0.4, recordings 01/074-109). */
interface Range {
  readonly type: string;
  readonly q: number;
}

function parseAccept(header: string): Range[] {
  return header.split(',').map((part) => {
    const [type = '', ...params] = part.split(';').map((s) => s.trim());
    const q = params.map((p) => /^q=([\d.]+)$/i.exec(p)?.[1]).find((v) => v !== undefined);
    return { type: type.toLowerCase(), q: q === undefined ? 1 : Number(q) };
  });
}

/** How much the client wants this type: 0 is not at all. The most specific range decides. */
export function quality(accept: string | undefined, mediaType: string): number {
  if (accept === undefined) return 1;
  const ranges = parseAccept(accept);
  const main = mediaType.slice(0, mediaType.indexOf('/'));
  for (const pattern of [mediaType, `${main}/*`, '*/*']) {
    const range = ranges.find((r) => r.type === pattern);
    if (range) return range.q;
  }
  return 0;
}

/** The best of what is offered; the first of equals. */
export function choose(accept: string | undefined, offered: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const type of offered) if (quality(accept, type) > (best === undefined ? 0 : quality(accept, best))) best = type;
  return best;
}
