/** Routes of JOC Cockpits and registrations (joc.ts), part of ROUTES. */
import { z } from 'zod';
import type { ErrorCode } from '../domain/errors';
import * as joc from './joc';
import type { RouteSpec } from './routes';
import { opt } from './schema/basics';
import * as answers from './schema/joc';

/** What JOC Cockpit may answer to a question, and to a change. */
const ASKED = [
  'JOC_UNREACHABLE',
  'JOC_TIMEOUT',
  'JOC_TLS',
  'NOT_A_JOC',
  'JOC_LOGIN_REFUSED',
  'JOC_FORBIDDEN',
  'JOC_PROBLEM',
] as const satisfies readonly ErrorCode[];
const CHANGED = [
  'NOT_FOUND',
  'CONFLICT',
  ...ASKED,
  'JOC_APPROVAL',
  'JOC_STANDBY',
  'JOC_LICENCE',
  'JOC_REASON_MISSING',
  'JOC_CONNECTION',
  'JOC_UNKNOWN_CONTROLLER',
  'JOC_TAKEN',
  'CONTROLLER_ID_DIFFERS',
  'ENGINE_UNREACHABLE',
  'ENGINE_TIMEOUT',
  'ENGINE_ERROR',
  'INSTANCE_NOT_FOUND',
  'NETWORK_NOT_FOUND',
] as const satisfies readonly ErrorCode[];
const DraftQuery = z.object({
  jocId: opt(z.string().meta({ description: 'JOC Cockpit that is meant, where it is not the registered or only one' })),
});

export const JOC_ROUTES = {
  'GET /api/jocs': { role: 'viewer', summary: 'All JOC Cockpits and how they are', answer: answers.JocsSnapshot },
  'POST /api/jocs': {
    role: 'admin',
    summary: 'Connect a JOC Cockpit; nothing there is changed',
    input: joc.JocInput,
    status: 201,
    answer: answers.JocSchema,
    errors: ['CONFLICT'],
  },
  'POST /api/jocs/test': {
    role: 'admin',
    summary: 'Try a connection with JOC Cockpit without saving it',
    input: joc.JocTestInput,
    answer: answers.JocTestSchema,
  },
  'PATCH /api/jocs/[id]': {
    role: 'admin',
    summary: 'Change a connection with JOC Cockpit; absent secrets are kept while address and account stay',
    input: joc.JocInput,
    answer: answers.JocSchema,
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
  'DELETE /api/jocs/[id]': {
    role: 'admin',
    summary: 'Forget a JOC Cockpit; refused while clusters are registered through it',
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },

  'GET /api/clusters/[id]/joc': {
    role: 'viewer',
    summary: 'What registering this cluster needs: ways, URLs, what is registered; JOC Cockpit and the engines are asked now',
    query: DraftQuery,
    answer: answers.RegisterDraftSchema,
    errors: ['NOT_FOUND'],
  },
  'POST /api/clusters/[id]/joc/test': {
    role: 'admin',
    summary: 'One URL from every place it is used from; why it does not work, and what would. Changes nothing',
    input: joc.UrlTestInput,
    answer: answers.UrlTestSchema,
    errors: ['NOT_FOUND'],
  },
  'POST /api/clusters/[id]/joc': {
    role: 'admin',
    summary: 'Register with JOC Cockpit, or change the registration; proved by JOC Cockpit’s proxy',
    input: joc.RegisterInput,
    answer: answers.RegisterSchema,
    errors: CHANGED,
  },
  'DELETE /api/clusters/[id]/joc': {
    role: 'admin',
    summary: 'Unregister from JOC Cockpit; it deletes its entries of the Controller and its Agents',
    input: joc.UnregisterInput,
    answer: 'none',
    errors: CHANGED,
  },
  'POST /api/clusters/[id]/joc/follow': {
    role: 'operator',
    summary: 'Make JOC Cockpit follow the live Controller now; nothing is changed where it does',
    input: joc.FollowInput,
    answer: answers.RegisterSchema,
    errors: CHANGED,
  },
} as const satisfies Record<string, RouteSpec>;
