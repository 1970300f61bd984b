import 'server-only';
import { StringDecoder } from 'node:string_decoder';

/** Calls back with every whole line of a stream. A line longer than `longest` characters ends it: ANSWER_TOO_BIG. */
export async function readLines(body: AsyncIterable<Buffer>, longest: number, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > longest) throw Object.assign(new Error('a line without end'), { code: 'ANSWER_TOO_BIG' });
  }
}
