// The first cluster registered with the rehearsal's JOC Cockpit by its stable name: pages that show JOC Cockpit at work.
import { until } from './server.mjs';

/** Registers it as the registration page would, and waits until JOC Cockpit is seen to follow. Answers with the pages that look different then. */
export async function registered(server, cookie) {
  const headers = { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json' };
  const get = async (path) => (await fetch(`${server.url}${path}`, { headers })).json();
  const [{ id }] = (await get('/api/clusters')).data;
  const { jocId, alias } = await get(`/api/clusters/${id}/joc`);
  const answer = await fetch(`${server.url}/api/clusters/${id}/joc`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      type: 'autonomous',
      jocId,
      follow: { kind: 'name', url: alias.url, alias: alias.alias, network: alias.network },
      caption: 'DEMO CONTROLLER',
      mayInterrupt: true,
      audit: { comment: 'A new pair', ticketLink: 'CHG-20431' },
    }),
  });
  if (!answer.ok) throw new Error(`Not registered: ${answer.status} ${await answer.text()}`);
  await until('JOC Cockpit that follows', async () => (await get('/api/clusters')).data[0].joc?.says.some((s) => s.proxy === 'follows'));
  return [
    { name: 'registered', path: `/clusters/${id}/register` },
    { name: 'cluster-joc', path: `/clusters/${id}` },
  ];
}
