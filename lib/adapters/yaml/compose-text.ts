import 'server-only';
import { Document } from 'yaml';

/** A compose file as text; `head`: comment lines before it. Strings that YAML would read as something else (`no`, `1001:0`) are quoted. */
export function composeText({
  head,
  file,
}: {
  readonly head: readonly string[];
  readonly file: Readonly<Record<string, unknown>>;
}): string {
  // Compose reads YAML 1.1 too: there `no` is a truth value and `1001:0` a number.
  const document = new Document(file, { version: '1.1' });
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  return document.toString({ lineWidth: 0, directives: false });
}
