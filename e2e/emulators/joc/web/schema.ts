/** Checks of request bodies with the words of JOC's schema validator (recordings 03, 04, 07): the first violation counts. */
import { isObject, type Json, type JsonObject } from '../../shared/json';
import { badRequest, violation } from './reply';

interface Rule {
  readonly type?: 'string' | 'number' | 'boolean' | 'object' | 'array';
  readonly required?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly values?: readonly string[];
  readonly items?: { readonly min: number; readonly max: number; readonly each: Fields };
  readonly fields?: Fields;
}
export type Fields = Readonly<Record<string, Rule>>;

const CONTROLLER_ID = '^[^/\\<>?!&:;()"|*^]*$';
const NO_ANGLES = '^[^<>]*$';
const URL_PATTERN = '^https?://[^\\s]+$';

export const CONTROLLER_ID_RULE: Rule = { type: 'string', maxLength: 100, pattern: CONTROLLER_ID };
const AUDIT: Rule = {
  type: 'object',
  fields: {
    comment: { type: 'string', maxLength: 255, pattern: NO_ANGLES },
    timeSpent: { type: 'number', minimum: 0 },
    ticketLink: { type: 'string', maxLength: 255, pattern: NO_ANGLES },
  },
};
export const TEST_FIELDS: Fields = {
  url: { type: 'string', required: true, minLength: 1, maxLength: 255 },
  controllerId: CONTROLLER_ID_RULE,
};
export const REGISTER_FIELDS: Fields = {
  controllers: {
    type: 'array',
    required: true,
    items: {
      min: 1,
      max: 2,
      each: {
        url: { type: 'string', required: true, minLength: 1, maxLength: 255 },
        role: { type: 'string', required: true, values: ['STANDALONE', 'PRIMARY', 'BACKUP'] },
        clusterUrl: { type: 'string', maxLength: 255 },
        title: { type: 'string', maxLength: 30, pattern: NO_ANGLES },
      },
    },
  },
  controllerId: CONTROLLER_ID_RULE,
  forceFailoverConfirmation: { type: 'boolean' },
  auditLog: AUDIT,
};
export const ONE_CONTROLLER: Fields = { controllerId: { ...CONTROLLER_ID_RULE, required: true }, url: { type: 'string' }, auditLog: AUDIT };

/** Throws JOC-420. Unknown properties are no violation. */
export function check(body: JsonObject, fields: Fields, at = '$'): void {
  for (const [name, rule] of Object.entries(fields)) checkOne(body[name] ?? undefined, rule, `${at}.${name}`);
}

function checkOne(value: Json | undefined, rule: Rule, at: string): void {
  if (value === undefined) {
    if (rule.required) throw violation(`${at}: is missing but it is required`);
    return;
  }
  const found = kindOf(value);
  if (rule.type !== undefined && found !== rule.type && !(rule.type === 'number' && found === 'integer'))
    throw violation(`${at}: ${found} found, ${rule.type} expected`);
  if (typeof value === 'string') checkText(value, rule, at);
  if (typeof value === 'number' && rule.minimum !== undefined && value < rule.minimum)
    throw violation(`${at}: must have a minimum value of ${rule.minimum}`);
  if (Array.isArray(value) && rule.items) {
    const { min, max, each } = rule.items;
    if (value.length < min) throw violation(`${at}: there must be a minimum of ${min} items in the array`);
    if (value.length > max) throw violation(`${at}: there must be a maximum of ${max} items in the array`);
    for (const [i, item] of value.entries()) {
      if (!isObject(item)) throw violation(`${at}[${i}]: ${kindOf(item)} found, object expected`);
      check(item, each, `${at}[${i}]`);
    }
  }
  if (isObject(value) && rule.fields) check(value, rule.fields, at);
}

function checkText(text: string, rule: Rule, at: string): void {
  if (rule.minLength !== undefined && text.length < rule.minLength)
    throw violation(`${at}: must be at least ${rule.minLength} characters long`);
  if (rule.maxLength !== undefined && text.length > rule.maxLength) throw violation(`${at}: may only be ${rule.maxLength} characters long`);
  if (rule.pattern !== undefined && !new RegExp(rule.pattern).test(text))
    throw violation(`${at}: does not match the regex pattern ${rule.pattern}`);
  if (rule.values && !rule.values.includes(text))
    throw violation(`${at}: does not have a value in the enumeration [${rule.values.join(', ')}]`);
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** JOC-400: not part of the schema, checked afterwards. */
export function checkUrl(url: string, at: string): void {
  if (!new RegExp(URL_PATTERN).test(url)) throw badRequest(`${at}: does not match the url pattern ${URL_PATTERN}`);
}
