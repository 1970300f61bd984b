/** What JOC asks a Controller directly, as user JOC, and how it names what goes wrong (joc-cockpit 1.2, 1.6; recordings 03, 08, 12). */
import { isObject, type Json, type JsonObject, objectAt, stringAt } from '../../shared/json';
import { badRequest, JocError } from '../web/reply';
import { call, NoAnswer, type UpstreamAnswer } from './http';

/** Words after the status, as the Controller's HTTP library puts them. */
const STATUS_TEXT: Readonly<Record<number, string>> = {
  401: '401 Unauthorized - Authentication is required and has failed or has not yet been provided.',
  403: '403 Forbidden - The request was a legal request, but the server is refusing to respond to it.',
  404: '404 Not Found - The server can not find the requested resource.',
  500: '500 Internal Server Error - There was an internal server error.',
};

export class ControllerApi {
  readonly #authorization: string;
  readonly #ca: string | undefined;

  constructor(password: string, ca: string | undefined) {
    this.#authorization = `Basic ${Buffer.from(`JOC:${password}`).toString('base64')}`;
    this.#ca = ca;
  }

  get ca(): string | undefined {
    return this.#ca;
  }

  overview(url: string): Promise<JsonObject> {
    return this.#ask(`${trimmed(url)}/controller/api`);
  }

  clusterState(url: string): Promise<JsonObject> {
    return this.#ask(`${trimmed(url)}/controller/api/cluster`);
  }

  command(url: string, command: JsonObject): Promise<JsonObject> {
    return this.#ask(`${trimmed(url)}/controller/api/command`, JSON.stringify(command));
  }

  async #ask(url: string, body?: string): Promise<JsonObject> {
    const what = `JS-URL: ${url}${body === undefined ? '' : ` JS-PostBody: ${body}`}`;
    if (url.startsWith('https:') && this.#ca === undefined)
      throw new JocError('JOC-402', 'ControllerConnectionRefusedException', "Couldn't find required truststore");
    let answer: UpstreamAnswer;
    try {
      const headers = { authorization: this.#authorization, 'x-csrf-token': 'joc' };
      answer = await call(url, { ca: this.#ca, headers, ...(body !== undefined && { method: 'POST' as const, body }) });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.kind === 'connect-timeout') throw new JocError('JOC-402', 'ControllerConnectionRefusedException', what);
      if (error.kind === 'certificate') throw new JocError('JOC-402', 'ControllerSSLCertificateException', `${what}: ${error.message}`);
      throw new JocError('JOC-405', 'ControllerNoResponseException', what);
    }
    return judge(answer);
  }
}

/** A single slash at the end means nothing (recording 03/10). */
export function trimmed(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

function judge({ status, reason, type, text }: UpstreamAnswer): JsonObject {
  if (status === 200) {
    if (type !== 'application/json') throw invalid(`Unexpected content type '${type}'. Response: ${text}`);
    return parse(text);
  }
  if (status === 400 || status === 409 || status === 503) {
    const problem = textOf(text, type);
    if (problem !== undefined && status === 409) throw new JocError('JOC-409', 'ControllerConflictException', problem);
    if (problem !== undefined && status === 503) throw new JocError('JOC-503', 'ControllerServiceUnavailableException', problem);
    if (problem !== undefined) throw badRequest(problem);
  }
  throw badRequest(STATUS_TEXT[status] ?? `${status} ${reason}`);
}

/** `Code: message` of a Problem; plain text as it is. */
function textOf(text: string, type: string): string | undefined {
  if (!type.startsWith('application/json')) return text.trim() === '' ? undefined : text.trim();
  const problem = parse(text);
  const [code, message] = [stringAt(problem, 'code'), stringAt(problem, 'message') ?? ''];
  return code === undefined ? message : `${code}: ${message}`;
}

function parse(text: string): JsonObject {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw invalid(
      `${(error as Error).message}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: 1]`,
    );
  }
  if (!isObject(json)) throw invalid('Unexpected JSON');
  return json;
}

export const invalid = (text: string): JocError => new JocError('JOC-405', 'ControllerInvalidResponseDataException', text);

/** What of an Overview is worth keeping. */
export function factsOf(overview: JsonObject): {
  host?: string;
  startedAt?: number;
  version?: string;
  javaVersion?: string;
  os?: { name: string; architecture: string; distribution: string };
} {
  const java = objectAt(overview, 'java');
  const properties = objectAt(java, 'systemProperties');
  const host = stringAt(objectAt(overview, 'system'), 'hostname');
  const version = stringAt(overview, 'version');
  const javaVersion = stringAt(java, 'version');
  return {
    ...(host !== undefined && { host }),
    ...(typeof overview.startedAt === 'number' && { startedAt: overview.startedAt }),
    ...(version !== undefined && { version }),
    ...(javaVersion !== undefined && { javaVersion }),
    ...(properties && {
      os: {
        name: stringAt(properties, 'os.name') ?? '',
        architecture: stringAt(properties, 'os.arch') ?? '',
        distribution: stringAt(properties, 'os.version') ?? '',
      },
    }),
  };
}
