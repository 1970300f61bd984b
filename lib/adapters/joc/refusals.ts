import 'server-only';
import { type ErrorCode, type Problem, problem } from '../../domain/errors';
import { readError, readMessage } from './answers';
import type { Answer } from './http';

/** What an answer other than the one asked for means (joc-cockpit 1.2, 1.5; joc-proved 2). Compared by JOC's code and the exception's name. */
export function refusalProblem(a: Answer, url: string): Problem {
  const own = readError(a.text);
  if (own) return told(a, own, url);
  if (a.status >= 300 && a.status < 400)
    return problem('NOT_A_JOC', `${url} sends to another address${a.location ? ` (${a.location.slice(0, 200)})` : ''}.`, {
      remedy: 'Use the address of JOC Cockpit itself.',
    });
  if (isHtml(a)) return htmlProblem(a, url);
  const said = readMessage(a.text);
  if (a.status === 433) return approval(a, url);
  if (a.status === 403)
    return problem('JOC_FORBIDDEN', `JOC Cockpit at ${url} does not allow ${a.path} to the account.`, {
      remedy: 'Give its role the permission joc/administration/controllers: manage (view for tests), and view on the Controller.',
      detail: [said?.message, said?.apiCall].filter(Boolean).join(' '),
    });
  if (a.status === 440 || a.status === 401)
    return problem('JOC_LOGIN_REFUSED', `JOC Cockpit at ${url} does not accept the session.`, { detail: said?.message ?? `${a.status}` });
  if (a.status === 404 || a.status === 405)
    return problem('NOT_A_JOC', `What answers at ${url} does not know JOC Cockpit’s addresses (${a.status}).`, {
      remedy: 'Check host and port, and that JOC Cockpit is not older than 2.0.',
      detail: scrubbed(a.text),
    });
  if (a.status >= 500 && a.status !== 500)
    return problem('JOC_UNREACHABLE', `${url} answers ${a.status}: JOC Cockpit is not up behind it.`, { detail: scrubbed(a.text) });
  return problem('JOC_PROBLEM', `JOC Cockpit at ${url} answered ${a.status}.`, { detail: scrubbed(a.text) });
}

interface Own {
  readonly code: string;
  /** Name of the Java exception, where the message begins with one. */
  readonly exception: string;
  readonly words: string;
}

/** By JOC's code. The order of the rows counts: the first that fits. */
const ROWS: readonly {
  readonly code: string;
  readonly when?: (o: Own, path: string) => boolean;
  readonly as: ErrorCode;
  readonly says: string;
  readonly remedy?: string;
}[] = [
  { code: 'JOC-444', as: 'JOC_LICENCE', says: 'has no licence for two nodes', remedy: 'Register the live Controller alone (Autonomous).' },
  { code: 'JOC-300', as: 'JOC_REASON_MISSING', says: 'wants a reason for each change', remedy: 'Give a comment.' },
  {
    code: 'JOC-503',
    when: (o, path) => /active JOC/i.test(o.words) || path.startsWith('controller/'),
    as: 'JOC_STANDBY',
    says: 'is not the active one: only the active JOC Cockpit changes registrations',
    remedy: 'Connect Handover with the active one, or switch JOC Cockpit over.',
  },
  { code: 'JOC-401', as: 'JOC_FORBIDDEN', says: 'refuses this to the account' },
  { code: 'JOC-408', as: 'JOC_UNKNOWN_CONTROLLER', says: 'does not know this Controller', remedy: 'Register it first.' },
  {
    code: 'JOC-171',
    as: 'JOC_TAKEN',
    says: 'has this Controller ID already',
    remedy: 'Update the registration instead of making a new one; with another security level, use the JOC Cockpit of that level.',
  },
  {
    code: 'JOC-407',
    when: (_o, path) => path === 'controller/register',
    as: 'JOC_TAKEN',
    says: 'could not store it: most likely the URL belongs to another Controller ID already',
    remedy: 'Look which Controller has the URL in JOC Cockpit (Controllers), and give one of them another URL.',
  },
  {
    code: 'JOC-405',
    when: (o) => /ControllerInvalidResponseData/.test(o.exception) && /Controller ?ID/i.test(o.words),
    as: 'CONTROLLER_ID_DIFFERS',
    says: 'finds another Controller at the URL',
    remedy: 'Use the URL of this Controller.',
  },
  ...['JOC-402', 'JOC-405'].map((code) => ({ code, as: 'JOC_CONNECTION' as const, says: 'does not reach the Controller' })),
  {
    code: 'JOC-400',
    when: (o, path) => path === 'controller/test' && !/url pattern/.test(o.words),
    as: 'JOC_CONNECTION',
    says: 'does not get on with the Controller',
  },
];

function told(a: Answer, own: { code: string; message: string }, url: string): Problem {
  const [, exception = '', words = own.message] = /^(\w+Exception):?\s*([\s\S]*)$/.exec(own.message) ?? [];
  const o: Own = { code: own.code, exception, words };
  const detail = `${own.code} ${exception ? `${exception}: ` : ''}${own.code === 'JOC-407' ? 'its words hold SQL and are left out' : scrubbed(words)}`;
  const row = ROWS.find((r) => r.code === own.code && (r.when === undefined || r.when(o, a.path)));
  if (row) return problem(row.as, `JOC Cockpit at ${url} ${row.says}.`, { ...(row.remedy && { remedy: row.remedy }), detail });
  const says = own.code === 'JOC-407' ? 'cannot use its database for this' : `says: ${scrubbed(words).slice(0, 300)}`;
  return problem('JOC_PROBLEM', `JOC Cockpit at ${url} ${says}`, { detail });
}

function approval(a: Answer, url: string): Problem {
  const approvers = readMessage(a.text)?.approvers ?? [];
  const who = approvers.length > 0 ? ` (${approvers.slice(0, 5).join(', ')})` : '';
  return problem(
    'JOC_APPROVAL',
    `JOC Cockpit at ${url} wants a second person to approve this: the account works under the four-eyes principle.`,
    {
      remedy: `Let an account without it do this, or make the change in JOC Cockpit and have it approved there${who}.`,
      detail: '433',
    },
  );
}

/** SQL is never shown, whatever code it comes with. */
function scrubbed(text: string): string {
  return /\b(insert into|delete from|select .{1,2000} from|update \S{1,200} set|SQL statement)\b/is.test(text)
    ? 'its words hold SQL and are left out'
    : text.slice(0, 2000);
}

const isHtml = (a: Answer): boolean => a.contentType.includes('html') || /^\s*<(!doctype|html)/i.test(a.text.slice(0, 200));
function htmlProblem(a: Answer, url: string): Problem {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(a.text)?.[1]?.trim();
  const page = title ? ` (“${title}”)` : '';
  if (a.status >= 500)
    return problem('JOC_UNREACHABLE', `${url} answers ${a.status} with a web page${page}: JOC Cockpit is not up behind it.`);
  return problem('NOT_A_JOC', `${url} answers with a web page${page}, status ${a.status}: a proxy or another program.`, {
    remedy: 'Use the address of JOC Cockpit itself, without a path.',
  });
}

/** An answer with the right status whose content we do not understand. */
export function oddProblem(a: Answer, url: string): Problem {
  if (isHtml(a)) return htmlProblem(a, url);
  if (!a.contentType.includes('json'))
    return problem('NOT_A_JOC', `What answers at ${url} is not a JOC Cockpit: ${a.path} is ${a.contentType || 'of no type'}.`);
  try {
    JSON.parse(a.text);
  } catch {
    return problem('JOC_PROBLEM', `The answer of ${url} to ${a.path} is cut off or is no JSON.`, { detail: scrubbed(a.text) });
  }
  return problem(
    'NOT_A_JOC',
    `What answers at ${url} is not a JOC Cockpit, or one that Handover does not know: ${a.path} has another form.`,
    { detail: scrubbed(a.text) },
  );
}
