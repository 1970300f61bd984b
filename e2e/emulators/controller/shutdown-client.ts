/** What the real start script's `js7-shutdown` does: POST ShutDown over the local HTTP port with the System session of data/work (controller-api 10.2). */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const data = process.argv.map((a) => /^--data-directory=(.*)$/.exec(a)?.[1]).find((d) => d !== undefined) ?? '';
const read = (name: string): string => fs.readFileSync(path.join(data, 'work', name), 'utf8').trim();

const body = '{"TYPE":"ShutDown"}';
const request = http.request(`${read('http-uri')}/api/command`, {
  method: 'POST',
  headers: {
    'x-js7-session': read('session-token'),
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': body.length,
  },
  timeout: 5000,
});
request.on('timeout', () => request.destroy(new Error('timeout')));
request.on('error', () => process.exit(1));
// 503 may still mean that it shuts down (trap 10).
request.on('response', (response) => process.exit(response.statusCode === 200 || response.statusCode === 503 ? 0 : 1));
request.end(body);
