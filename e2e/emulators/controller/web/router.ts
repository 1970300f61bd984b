/** From path and method to a route, with the real one's refusals on the way (controller-api 1; recordings 01/034-066, 125-144, 09). */
import type { Controller } from '../controller';
import { LineageError } from '../journal/event-reader';
import { InapplicableEvent } from '../state/controller-state';
import { type Exchange, NDJSON } from './exchange';
import type { Gatekeeper, Principal } from './gatekeeper';
import { quality } from './negotiation';
import { Problem } from './problem';
import { isForgeable, Rejection } from './request-body';
import { clusterCommand } from './routes/cluster-command';
import { clusterWatchMessages } from './routes/cluster-watch';
import { command } from './routes/command';
import { events } from './routes/event';
import { item } from './routes/item';
import { journal } from './routes/journal';
import { log } from './routes/log';
import { metrics } from './routes/metrics';
import { overview } from './routes/overview';
import { agentForward, cluster, journalInfo, sessionList } from './routes/reading';
import { postSession } from './routes/session';
import { snapshot } from './routes/snapshot';

type Handler = (controller: Controller, exchange: Exchange, who: Principal) => void | Promise<void>;

interface Route {
  readonly methods: Readonly<Record<string, Handler>>;
  /** 'none': open. Otherwise any user, or one with that permission. */
  readonly permission?: 'none' | Readonly<Record<string, string>>;
  /** The type it streams: without an Accept header that allows it, refused before anybody is asked for a login. */
  readonly streams?: string;
  /** Streams fall back to text for problems. */
  readonly noCacheControl?: boolean;
}

const API = '/controller/api';
const ROUTES: Readonly<Record<string, Route>> = {
  [`${API}/cluster`]: { methods: { GET: ({ node }, e) => cluster(node, e) } },
  [`${API}/cluster/clusterWatchMessage`]: { methods: { GET: clusterWatchMessages } },
  [`${API}/cluster/command`]: { methods: { POST: clusterCommand } },
  [`${API}/command`]: { methods: { POST: (c, e, who) => command(c, e, who.userId) } },
  [`${API}/event`]: { methods: { GET: ({ node }, e) => events(node, e) }, streams: NDJSON },
  [`${API}/journal`]: { methods: { GET: ({ node }, e) => journal(node, e) } },
  [`${API}/snapshot`]: { methods: { GET: ({ node }, e) => snapshot(node, e) } },
  [`${API}/session`]: { methods: { GET: ({ node }, e) => sessionList(node, e) }, permission: { GET: 'ReadInternals' } },
  [`${API}/item`]: { methods: { POST: item }, permission: { POST: 'UpdateItem' } },
  '/metrics': {
    methods: { GET: ({ node }, e) => metrics(node, e) },
    permission: { GET: 'ReadMetrics' },
    streams: 'text/plain; version=0.0.4',
    noCacheControl: true,
  },
};

const NOT_FOUND = 'The requested resource could not be found.';

export async function answer(controller: Controller, gatekeeper: Gatekeeper, exchange: Exchange): Promise<void> {
  try {
    await route(controller, gatekeeper, exchange);
  } catch (error) {
    refuse(controller, exchange, error);
  }
}

async function route(controller: Controller, gatekeeper: Gatekeeper, exchange: Exchange): Promise<void> {
  const { path, method } = exchange;
  if (method === 'POST' && isForgeable(exchange)) return exchange.text(403, '403 Forbidden\n');
  if (path === API || path === `${API}/`) return method === 'GET' ? overview(controller.node, exchange) : notAllowed(exchange, ['GET']);
  if (path === `${API}/journalInfo`) {
    exchange.cacheControl = true;
    return journalInfo(controller.node, exchange);
  }
  if (path === '/grafana/dashboard')
    return exchange.json(200, {
      apiVersion: 'dashboard.grafana.app/v2',
      kind: 'Dashboard',
      metadata: { name: 'handover-emulation' },
      spec: {},
    });
  if (path === `${API}/session` && method === 'POST') {
    exchange.cacheControl = true;
    return postSession(controller.node, gatekeeper, exchange);
  }
  const found = ROUTES[path === `${API}/snapshot/` ? `${API}/snapshot` : path] ?? byPrefix(path);
  if (!found) return notFound(exchange);
  const handler = found.methods[method];
  if (!handler) return notAllowed(exchange, Object.keys(found.methods));
  if (found.streams !== undefined) {
    if (exchange.accept === undefined) return exchange.text(400, "Request is missing required HTTP header 'Accept'");
    // /metrics looks at the permission first (recordings 01/066, 09/021).
    if (found.streams === NDJSON && quality(exchange.accept, NDJSON) === 0) return exchange.notAcceptable([NDJSON]);
  }
  exchange.cacheControl = found.noCacheControl !== true;
  const permission = typeof found.permission === 'object' ? found.permission[method] : undefined;
  const who = await gatekeeper.require(exchange, permission);
  if (path === `${API}/cluster/clusterWatchMessage` && quality(exchange.accept, NDJSON) === 0) return exchange.notAcceptable([NDJSON]);
  await handler(controller, exchange, who);
}

const reading = (handler: Handler): Route => ({ methods: { GET: handler } });

function byPrefix(path: string): Route | undefined {
  const level = /^\/controller\/api\/log(?:\/([^/]*))?$/.exec(path);
  if (level) return reading(({ node }, e) => log(node, e, level[1] ?? 'info'));
  const agent = /^\/controller\/api\/agent-forward\/([^/]+)/.exec(path);
  if (agent) return reading(({ node }) => agentForward(node, decodeURIComponent(agent[1] ?? '')));
  return undefined;
}

function notFound(exchange: Exchange): void {
  const { path } = exchange;
  const inApi = path.startsWith(`${API}/`);
  const below = path.startsWith(`${API}/cluster/`) || path.startsWith(`${API}/journalInfo/`);
  exchange.cacheControl = inApi && !path.startsWith(`${API}/journalInfo/`);
  exchange.text(404, inApi && !below ? '404 Not Found\n' : NOT_FOUND);
}

function notAllowed(exchange: Exchange, methods: readonly string[]): void {
  exchange.text(405, `HTTP method not allowed, supported methods: ${methods.join(', ')}`, { Allow: methods.join(', ') });
}

function refuse(controller: Controller, exchange: Exchange, error: unknown): void {
  if (exchange.response.destroyed || exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  if (error instanceof Rejection) exchange.text(error.status, error.message, error.extra);
  else if (error instanceof Problem) {
    if (exchange.path === `${API}/command`)
      controller.node.log.warn('js7.controller.command.ControllerCommandExecutor', `Command rejected: ${error}`);
    exchange.problem(error, {
      extra: { ...error.headers },
      stream: exchange.path === `${API}/event` || exchange.path === `${API}/journal`,
    });
  } else if (error instanceof LineageError) exchange.text(500, 'There was an internal server error.');
  else if (error instanceof InapplicableEvent) exchange.problem(Problem.text(error.message));
  else {
    controller.node.log.error('js7.web.log', `500 - ${exchange.method} ${exchange.path} ${String((error as Error)?.stack ?? error)}`);
    exchange.problem(Problem.text(String((error as Error)?.message ?? error), 500));
  }
}
