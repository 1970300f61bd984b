/** The Agent's HTTP: commands of Controllers (a protocol of our own), its events as a stream, `GET /runs` for who counts. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { JsonObject } from '../shared/json';
import type { Address } from '../shared/options';
import { type Agent, AgentProblem } from './agent';
import type { AgentJournal } from './journal';
import type { Runs } from './runs';

const HEARTBEAT_MS = 3000;

export function serve(agent: Agent, journal: AgentJournal, runs: Runs, { host, port }: Address): Promise<void> {
  const commands: Record<string, (request: JsonObject) => JsonObject> = {
    '/agent/api/couple': (r) => agent.couple(r),
    '/agent/api/item': (r) => agent.attachItem(r),
    '/agent/api/order': (r) => agent.attachOrder(r),
    '/agent/api/order/detach': (r) => agent.detachOrder(r),
    '/agent/api/reset': () => {
      agent.reset();
      return {};
    },
  };
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://agent');
    const command = commands[url.pathname];
    if (request.method === 'POST' && command) void post(request, response, command);
    else if (url.pathname === '/agent/api/event') stream(response, journal, Number(url.searchParams.get('after') ?? 0));
    else if (url.pathname === '/runs') json(response, 200, runs.all());
    else if (url.pathname === '/agent/api')
      json(response, 200, { TYPE: 'AgentOverview', emulation: 'by Handover', events: journal.events.length });
    else json(response, 404, { message: 'not found' });
  });
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

async function post(request: IncomingMessage, response: ServerResponse, command: (request: JsonObject) => JsonObject): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  try {
    json(response, 200, command(JSON.parse(text) as JsonObject));
  } catch (error) {
    json(response, 400, { ...(error instanceof AgentProblem && { code: error.code }), message: (error as Error).message });
  }
}

function json(response: ServerResponse, status: number, body: JsonObject | readonly JsonObject[]): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** What the Controller adopts: not the Agent's own bookkeeping. */
function stream(response: ServerResponse, journal: AgentJournal, after: number): void {
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  let told = after;
  const tell = (): void => {
    for (const event of journal.events) {
      if (event.eventId <= told) continue;
      told = event.eventId;
      const { order: _, workflow: __, ...plain } = event;
      if (event.TYPE !== 'AgentDedicatedHere') response.write(`${JSON.stringify(plain)}\n`);
    }
  };
  response.write('\n');
  tell();
  const stop = journal.listen(tell);
  const beat = setInterval(() => response.write('\n'), HEARTBEAT_MS);
  response.once('close', () => {
    stop();
    clearInterval(beat);
  });
}
