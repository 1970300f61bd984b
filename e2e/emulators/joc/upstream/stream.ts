/** Lines of a Controller's stream; silence longer than three heartbeats ends it. */
import { open } from './http';

export class StreamRefused extends Error {
  readonly status: number;
  readonly text: string;
  constructor(status: number, text: string) {
    super(`HTTP ${status}`);
    this.status = status;
    this.text = text;
  }
}

export interface LineStream {
  /** Resolves at the regular end; rejects when refused, broken or silent. */
  readonly ended: Promise<void>;
  stop(): void;
}

interface StreamOptions {
  readonly ca: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly silenceMs: number;
  onOpen?(): void;
  onLine(line: string): void;
}

export function lines(url: string, { ca, headers = {}, silenceMs, onOpen, onLine }: StreamOptions): LineStream {
  const request = open(url, { ca, headers: { accept: 'application/x-ndjson', ...headers } });
  const silence = setTimeout(() => request.destroy(new Error('silence')), silenceMs);
  const ended = new Promise<void>((resolve, reject) => {
    request.on('error', reject);
    request.once('close', () => {
      clearTimeout(silence);
      reject(new Error('closed'));
    });
    request.once('response', (response) => {
      const refused = response.statusCode !== 200;
      if (!refused) onOpen?.();
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        silence.refresh();
        rest += chunk;
        if (refused) return;
        const parts = rest.split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) onLine(part);
      });
      response.on('error', reject);
      response.once('aborted', () => reject(new Error('connection closed')));
      response.once('end', () => (refused ? reject(new StreamRefused(response.statusCode ?? 0, rest)) : resolve()));
    });
  });
  // Nobody may be waiting yet when it breaks.
  ended.catch(() => {});
  request.end();
  return { ended, stop: () => request.destroy() };
}
