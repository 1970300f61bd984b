import 'server-only';
import type { z } from 'zod';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { FieldProblem } from './answer';
import { wordsOf } from './input-words';

const MAX_BYTES = 1_000_000;
const refused = (message: string, remedy: string) => err(problem('BAD_REQUEST', message, { remedy }));

/** The JSON body, at most 1 MB. A wrong content type is refused: a form of another site cannot send JSON without being asked first. */
export async function readJson(request: Request): Promise<Result<unknown>> {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('application/json')) {
    return refused('The request has no JSON body.', 'Send JSON with content-type: application/json.');
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > MAX_BYTES) return refused('The request is larger than 1 MB.', 'Send less.');
    chunks.push(part.value);
  }
  try {
    return ok(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch {
    return refused('The body is not JSON.', 'Send valid JSON.');
  }
}

/** Parses with a schema of the contract; what is wrong is told field by field (`primary.access.url`). */
export function parse<S extends z.ZodType>(schema: S, value: unknown, what: string): Result<z.output<S>, FieldProblem> {
  const parsed = schema.safeParse(value, { error: wordsOf });
  if (parsed.success) return ok(parsed.data);
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.map(String).join('.') || what] ??= issue.message;
  const named = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  return err({ ...problem('BAD_REQUEST', `Something in the ${what} is not right. ${named.slice(0, 5).join('; ')}.`), fields });
}
