import 'server-only';
import { type ErrorCode, type Problem, problem } from '../../domain/errors';
import { readProblem } from './answers';
import type { Where } from './failures';

/** An HTTP answer, whole. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly location?: string;
  readonly text: string;
}

const NOT_READY = [
  'ClusterNodeIsNotReady',
  'ControllerIsNotReady',
  'BackupClusterNodeNotAppointed',
  'WebServiceStillNotAvailable',
  'ShuttingDown',
  'ClusterModuleShuttingDown',
  'ControllerIsShuttingDown',
  'ControllerIsSwitchingOver',
];
const MEANING: Readonly<Record<string, readonly [ErrorCode, string, string?]>> = {
  InvalidLogin: [
    'CONTROLLER_LOGIN_REFUSED',
    'does not know the account or its password',
    'Compare with private.conf of the Controller; it is read at start only. Handover does not try again with this password until the Controller was started anew or the access is changed.',
  ],
  InvalidSessionToken: ['CONTROLLER_LOGIN_NEEDED', 'has ended the session'],
  UserDoesNotHavePermission: [
    'CONTROLLER_FORBIDDEN',
    'does not allow this to the account',
    'Give the account the permission named below in private.conf.',
  ],
  ClusterNodeIsNotActive: ['CONTROLLER_NOT_ACTIVE', 'is not the active node'],
  ...Object.fromEntries(NOT_READY.map((code) => [code, ['CONTROLLER_NOT_READY', 'is not ready'] as const])),
};

/** The Controller's own code of an error body, if it has one. Compare on this, never on words (controller-api.md 0.4). */
export const codeOf = (a: Answer): string | undefined => readProblem(a.text)?.code;

/** Says what an answer other than the one asked for means: controller-api.md 0.4 and traps 1, 2. */
export function refusalProblem(a: Answer, where: Where): Problem {
  const detail = a.text.slice(0, 2000);
  const own = readProblem(a.text);
  const meaning = own?.code === undefined ? undefined : MEANING[own.code];
  if (meaning)
    return problem(meaning[0], `The Controller at ${where.url} ${meaning[1]}.`, {
      ...(meaning[2] !== undefined && { remedy: meaning[2] }),
      detail: `${own?.code}: ${own?.message}`,
    });
  if (a.status >= 300 && a.status < 400) {
    return problem(
      'NOT_A_CONTROLLER',
      `${where.url} sends to another address${a.location ? ` (${a.location.slice(0, 200)})` : ''}. A Controller does not do that, and Handover does not follow.`,
      {
        remedy: 'Something stands between, such as a proxy with a login page. Use the address of the Controller itself.',
      },
    );
  }
  if (isHtml(a)) return htmlProblem(a, where);
  if (a.status === 401) return unauthorised(a, where);
  if (own) return problem('CONTROLLER_PROBLEM', `The Controller at ${where.url} says: ${own.message.slice(0, 300)}`, { detail });
  if (a.status === 403) return problem('CONTROLLER_FORBIDDEN', `The Controller at ${where.url} refuses this (403).`, { detail });
  if (a.status === 404 || a.status === 405)
    return problem('NOT_A_CONTROLLER', `What answers at ${where.url} does not know a Controller’s addresses (${a.status}).`, {
      remedy: 'Check host and port.',
      detail,
    });
  return problem('CONTROLLER_PROBLEM', `${where.url} answered ${a.status}.`, { detail });
}

/** 401 without a code: no credentials, or a certificate that belongs to no user (4.4). */
function unauthorised(a: Answer, where: Where): Problem {
  if (where.hasClientCertificate) {
    return problem('CONTROLLER_LOGIN_REFUSED', `The Controller at ${where.url} knows no account for the client certificate.`, {
      remedy: 'Name the certificate’s subject in `distinguished-names` of an account in private.conf, or give a name and password as well.',
      detail: a.text.slice(0, 2000),
    });
  }
  return problem('CONTROLLER_LOGIN_NEEDED', `The Controller at ${where.url} shows this only after a login.`, {
    remedy: 'Give an account of its private.conf with the access.',
    detail: a.text.slice(0, 2000),
  });
}

const isHtml = (a: Answer): boolean => a.contentType.includes('html') || /^\s*<(!doctype|html)/i.test(a.text.slice(0, 200));
function htmlProblem(a: Answer, where: Where): Problem {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(a.text)?.[1]?.trim();
  return problem(
    'NOT_A_CONTROLLER',
    `${where.url} answers with a web page${title ? ` (“${title}”)` : ''}, status ${a.status}: a proxy or another program.`,
    {
      remedy: 'Use the address of the Controller itself.',
      detail: a.text.slice(0, 2000),
    },
  );
}

/** An answer with the right status whose content we do not understand. */
export function oddProblem(a: Answer, where: Where, what: string): Problem {
  if (isHtml(a)) return htmlProblem(a, where);
  const json = a.contentType.includes('json');
  const cut = json && !isJson(a.text);
  if (cut)
    return problem('CONTROLLER_ANSWER_ODD', `The answer of ${where.url} to ${what} is cut off or is no JSON.`, {
      detail: a.text.slice(0, 2000),
    });
  if (!json)
    return problem('NOT_A_CONTROLLER', `What answers at ${where.url} is not a Controller: ${what} is ${a.contentType || 'of no type'}.`, {
      remedy: 'Check host and port.',
      detail: a.text.slice(0, 2000),
    });
  return problem(
    'NOT_A_CONTROLLER',
    `What answers at ${where.url} is not a Controller, or one that Handover does not know: ${what} has another form.`,
    { remedy: 'Check host and port.', detail: a.text.slice(0, 2000) },
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
