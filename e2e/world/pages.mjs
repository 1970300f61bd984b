// Every page of Handover, for what is done to all of them: accessibility checks, screenshots, sizes. A new page belongs into this list.

/** Pages before the login. `first-run` exists only until there is an account. */
export const GUEST_PAGES = [
  { name: 'first-run', path: '/first-run' },
  { name: 'login', path: '/login' },
];

/** Pages after the login; those of a cluster for the first cluster there is. */
export async function pagesOf(server, cookie) {
  const answer = await fetch(`${server.url}/api/clusters`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
  if (!answer.ok) throw new Error(`GET /api/clusters: ${answer.status}`);
  const [first] = (await answer.json()).data;
  const ofCluster = first
    ? [
        { name: 'cluster', path: `/clusters/${first.id}` },
        { name: 'cluster-settings', path: `/clusters/${first.id}/settings` },
        { name: 'switch-over', path: `/clusters/${first.id}/switch-over` },
        { name: 'register', path: `/clusters/${first.id}/register` },
        { name: 'set-up', path: `/clusters/${first.id}/set-up` },
        { name: 'journals', path: `/clusters/${first.id}/journals` },
        { name: 'way-back', path: `/clusters/${first.id}/way-back` },
      ]
    : [];
  return [
    { name: 'clusters', path: '/' },
    ...ofCluster,
    { name: 'add-cluster', path: '/clusters/new' },
    { name: 'create-both', path: '/clusters/new/both' },
    { name: 'set-up-run', path: '/setups/1' },
    { name: 'runs', path: '/runs' },
    { name: 'audit', path: '/runs?tab=audit' },
    { name: 'settings', path: '/settings' },
    { name: 'retired', path: '/settings/retired' },
    { name: 'states', path: '/help/states' },
    { name: 'missing', path: '/clusters/there-is-none' },
  ];
}
