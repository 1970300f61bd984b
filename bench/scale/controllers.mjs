// A process that stands for many living Controllers: one port each, answers as recorded from an emulated Controller, each with its own ID and
// lineage. Started by scale.bench.mjs with { ports: [{ port, id }], recorded } as its only argument. Answers `counts` over IPC.
import { createServer } from 'node:http';

const { members, recorded } = JSON.parse(process.argv[2]);
const counts = new Map(members.map(({ port }) => [port, { requests: 0, connections: 0, open: 0 }]));

for (const { port, id } of members) {
  const journalId = Buffer.from(id.padEnd(16, '-').slice(0, 16)).toString('base64url');
  const count = counts.get(port);
  const server = createServer((asked, answer) => {
    count.requests++;
    asked.resume();
    const { pathname } = new URL(asked.url, 'http://x');
    const json = (value) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    // The journal grows: figures change from look to look, as at work.
    const lastEventId = recorded.journalInfo.lastEventId + (Date.now() - recorded.at) * 1000;
    if (pathname === '/controller/api/journalInfo') return json({ ...recorded.journalInfo, lastEventId });
    if (pathname === '/controller/api') return json({ ...recorded.overview, id });
    if (pathname === '/controller/api/cluster') return json({ ...recorded.node, eventId: lastEventId });
    if (pathname === '/controller/api/command') return json(recorded.accepted);
    if (pathname === '/controller/api/journal')
      return answer.setHeader('content-type', 'application/x-ndjson').end(`${JSON.stringify({ ...recorded.header, journalId })}\n`);
    if (pathname === '/controller/api/event') {
      answer.setHeader('content-type', 'application/x-ndjson').write('\n');
      const beat = setInterval(() => answer.write('\n'), 5000);
      answer.on('close', () => clearInterval(beat));
      return;
    }
    answer.statusCode = 404;
    answer.end();
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    count.connections++;
    count.open++;
    socket.on('close', () => count.open--);
  });
  server.listen(port, '127.0.0.1');
}
process.on('message', () => process.send([...counts.values()]));
// The bench went away: so does this.
process.on('disconnect', () => process.exit(0));
