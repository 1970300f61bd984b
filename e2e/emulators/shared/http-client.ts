/** A small HTTP client for the emulated programs among themselves. (Node's fetch would cost start time and memory.) */
import http from 'node:http';
import { isObject, type JsonObject } from './json';

/** Refused with a problem, or unreachable (no `problem`). */
export class CallFailed extends Error {
  readonly problem: JsonObject | undefined;

  constructor(message: string, problem?: JsonObject) {
    super(message);
    this.problem = problem;
  }
}

export function postJson(url: string, body: JsonObject, timeoutMs = 5000): Promise<JsonObject> {
  return postText(url, JSON.stringify(body), timeoutMs);
}

/** JSON that is text already: numbers in it may be longer than JavaScript's. */
export function postText(url: string, text: string, timeoutMs = 5000): Promise<JsonObject> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const request = http.request(url, { method: 'POST', headers, agent: false });
    request.setTimeout(timeoutMs, () => request.destroy(new Error('no answer')));
    request.on('error', (error) => reject(new CallFailed(error.message)));
    request.once('response', (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        answer += chunk;
      });
      response.on('error', (error) => reject(new CallFailed(error.message)));
      response.once('end', () => {
        const json: unknown = answer.startsWith('{') ? JSON.parse(answer) : {};
        const object = isObject(json) ? json : {};
        if (response.statusCode === 200) resolve(object);
        else reject(new CallFailed(String(object.message ?? `HTTP ${response.statusCode}`), object));
      });
    });
    request.end(text);
  });
}

/** Lines of a stream, empty ones (heartbeats) too. `ended` resolves or rejects when it is over. */
export function streamLines(url: string, onLine: (line: string) => void): { readonly ended: Promise<void>; stop(): void } {
  const request = http.get(url, { headers: { accept: 'application/x-ndjson' }, agent: false });
  const ended = new Promise<void>((resolve, reject) => {
    request.on('error', (error) => reject(new CallFailed(error.message)));
    request.once('response', (response) => {
      if (response.statusCode !== 200) reject(new CallFailed(`HTTP ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) onLine(part);
      });
      response.once('end', resolve);
      response.on('error', (error) => reject(new CallFailed(error.message)));
      response.once('aborted', () => reject(new CallFailed('connection closed')));
    });
  });
  return { ended, stop: () => request.destroy() };
}
