/** GET /controller/api/log[/error|info|debug] (controller-api 1.7, recordings 01b/002-011). */
import fs from 'node:fs';
import path from 'node:path';
import type { Node } from '../../node';
import { type Exchange, TEXT } from '../exchange';
import { quality } from '../negotiation';
import { numberParameter } from '../parameters';
import { Rejection } from '../request-body';

const SUFFIX: Record<string, string> = { info: '', debug: '', error: '-error' };
const HEARTBEAT = '🩶 JS7 LOG HEARTBEAT 🩶\n';

export function log(node: Node, exchange: Exchange, level: string): void {
  if (quality(exchange.accept, 'text/plain') === 0) {
    exchange.notAcceptable(['text/plain']);
    return;
  }
  const suffix = SUFFIX[level];
  if (suffix === undefined) throw new Rejection(404, `Unknown logLevel: ${level}`);
  const begin = exchange.query.get('begin');
  const growing = exchange.query.get('growing') === null ? begin === null : exchange.query.get('growing') === 'true';
  const body = exchange.stream(TEXT);
  if (growing) {
    // It begins now and never ends by itself; programs of JS7 are told every second that it lives.
    const every = /JS7/.test(exchange.header('user-agent') ?? '') ? 1000 : 10_000;
    let beat = setInterval(() => body.write(HEARTBEAT), every);
    const stop = node.log.follow((line) => {
      body.write(`${line}\n`);
      clearInterval(beat);
      beat = setInterval(() => body.write(HEARTBEAT), every);
    });
    exchange.onClosed(() => {
      clearInterval(beat);
      stop();
    });
    return;
  }
  const file = path.join(node.commandLine.logsDirectory, `${node.settings.logPrefix}${suffix}.log`);
  const withKey = exchange.query.get('withKey') === 'true';
  const limit = numberParameter(exchange, 'lineLimit') ?? Number.POSITIVE_INFINITY;
  const pattern = exchange.query.get('pattern');
  // Java's lookingAt: anchored at the line's beginning.
  const regex = pattern === null ? undefined : new RegExp(`^(?:${pattern})`);
  const from = begin === null ? Number.POSITIVE_INFINITY : begin === 'begin' ? 0 : Date.parse(begin);
  let left = limit;
  let position = 0;
  let time = 0;
  for (const line of fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []) {
    const at = position;
    position += Buffer.byteLength(line) + 1;
    time = timeOf(line) ?? time;
    if (line === '' || left <= 0 || !(time >= from) || (regex && !regex.test(plain(line)))) continue;
    left--;
    body.write(withKey ? `Info/${time / 1000}/${at} ${line}\n` : `${line}\n`);
  }
  body.end();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the log's colours are control characters
const plain = (line: string): string => line.replace(/\u001b\[[0-9;]*m/g, '');

function timeOf(line: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3}Z)/.exec(plain(line));
  return match ? Date.parse(`${match[1]}T${match[2]}`) : undefined;
}
