import 'server-only';
import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;
const THINGS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const [word, limit] = issue.code === 'too_small' ? ['At least', issue.minimum] : ['At most', issue.maximum];
  if (issue.code === 'too_small' && issue.origin === 'string' && Number(limit) === 1) return 'Must not be empty';
  const unit = issue.origin === 'string' ? 'character' : issue.origin === 'array' || issue.origin === 'set' ? 'entry' : undefined;
  if (!unit) return `${word} ${limit}`;
  return `${word} ${limit} ${Number(limit) === 1 ? unit : unit === 'entry' ? 'entries' : `${unit}s`}`;
}

/** What is wrong, in words for people; where the contract's schema has words of its own these are taken instead. */
export function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Is missing' : `Must be ${THINGS[issue.expected] ?? 'something else'}`;
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_value':
      return issue.values.length > 1 ? `Must be one of: ${issue.values.map(String).join(', ')}` : `Must be ${String(issue.values[0])}`;
    case 'unrecognized_keys':
      return `Not known here: ${issue.keys.join(', ').slice(0, 200)}`;
    default:
      return 'Not in the right form';
  }
}
