import 'server-only';

/**
 * The line (1-based) of the first include in a HOCON text, outside comments and quotes. The parser would read files and addresses of *our* machine for it,
 * so a text with one is never given to it.
 */
export function includeLine(text: string): number | undefined {
  const bare = text.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|(?:#|\/\/)[^\n]*/g, (m) => m.replace(/[^\n]/g, '"'));
  const found = /(?:^|[\s{}[\],=:])(?:include|require)(?=[\s("{])|@/m.exec(bare);
  return found ? bare.slice(0, found.index + 1).split('\n').length : undefined;
}
