/** Routes of the set-up wizard; part of ROUTES (routes.ts), which holds their form. */
import { z } from 'zod';
import { opt } from './schema/basics';
import { SetupOptionsSchema, SetupPlanAnswerSchema, SetupSchema, StartedSetupSchema } from './schema/setup';
import { ChooseSetupInput, SetupInput, StartSetupInput } from './setup';

export const SETUP_ROUTES = {
  'GET /api/setups/options': {
    role: 'admin',
    summary: 'What can be set up: a Secondary of a cluster, or both instances, with proposals',
    query: z.object({ clusterId: opt(z.string()) }),
    answer: SetupOptionsSchema,
    errors: ['NOT_FOUND'],
  },
  'POST /api/setups/plan': {
    role: 'admin',
    summary: 'The dry run of a set-up: what will be made, compared and checked; nothing is changed',
    input: SetupInput,
    answer: SetupPlanAnswerSchema,
  },
  'GET /api/setups': { role: 'admin', summary: 'All set-ups, newest first', answer: z.array(SetupSchema) },
  'POST /api/setups': {
    role: 'admin',
    summary: 'Begin a set-up, if everything is still as it was read',
    input: StartSetupInput,
    status: 201,
    answer: StartedSetupSchema,
    errors: ['NOT_FOUND', 'CONFLICT', 'ENGINE_UNREACHABLE', 'INSTANCE_NOT_FOUND', 'IMAGE_NOT_FOUND', 'CONFIG_MISSING', 'CONFIG_BROKEN'],
  },
  'GET /api/setups/[id]': { role: 'admin', summary: 'One set-up', answer: SetupSchema, errors: ['NOT_FOUND'] },
  'POST /api/setups/[id]/choose': {
    role: 'admin',
    summary: 'Continue a set-up or take it back; of one that works, undo breaks it off',
    input: ChooseSetupInput,
    answer: 'none',
    errors: ['NOT_FOUND', 'CONFLICT'],
  },
} as const;
