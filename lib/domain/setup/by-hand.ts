/** The same by hand: `docker` lines and a compose file. Complete: real names, real paths; `$…` stands only for secrets. */
import { quote, retireJournal, setFlag } from '../switchover/by-hand';
import { NOT_PUBLIC } from './configuration';
import type { PlannedInstance, SetupPlan } from './setup';

const on = (engineId: string): string => `# on engine ${engineId}`;
const file = (i: PlannedInstance): string => i.image.ref.replace(/[^\w.-]+/g, '-');

function createLine(i: PlannedInstance): string {
  const [first, ...more] = i.networks;
  const parts = [
    `docker create --name ${quote(i.name)} --hostname ${quote(i.hostname)}`,
    ...(first ? [`--network ${quote(first.network)}`, ...first.aliases.map((a) => `--network-alias ${quote(a)}`)] : []),
    ...i.ports.map(
      (p) => `--publish ${quote(`${p.hostIp ? `${p.hostIp.includes(':') ? `[${p.hostIp}]` : p.hostIp}:` : ''}${p.outside}:${p.inside}`)}`,
    ),
    ...Object.entries(i.env).map(([k, v]) => `--env ${quote(`${k}=${v}`)}`),
    ...(i.secretEnv ?? []).map((k) => `--env ${k}="$${k}"`),
    ...Object.entries(i.labels).map(([k, v]) => `--label ${quote(`${k}=${v}`)}`),
    ...i.mounts.map((m) => `--mount ${quote(`type=${m.kind},src=${m.source},dst=${m.target}`)}`),
    ...(i.user ? [`--user ${quote(i.user)}`] : []),
    '--restart no',
    i.image.digest,
  ];
  const connect = more.map(
    (n) => `docker network connect ${n.aliases.map((a) => `--alias ${quote(a)} `).join('')}${quote(n.network)} ${quote(i.name)}`,
  );
  return [parts.join(' \\\n  '), ...connect].join('\n');
}

/** In the order of the steps. */
export function setupCommands(plan: SetupPlan): readonly string[] {
  if (plan.existing) return existing(plan);
  const { makeNetwork, from } = plan;
  const made = plan.instances.flatMap((i): readonly string[] => [
    ...(i.copyImageFrom
      ? [on(i.copyImageFrom), `docker save ${i.image.digest} -o ${file(i)}.tar`, on(i.engineId), `docker load -i ${file(i)}.tar`]
      : [on(i.engineId)]),
    ...i.mounts.filter((m) => m.kind === 'volume').map((m) => `docker volume create ${quote(m.source)}`),
    createLine(i),
  ]);
  const secondary = plan.instances.find((i) => i.slot === 'secondary');
  const leftOut = plan.files.filter((f) => f.how === 'left-out').map((f) => f.path);
  const copy =
    from && secondary
      ? [
          on(from.engineId),
          `docker cp ${quote(`${from.name}:${from.places.config}`)} config`,
          ...(leftOut.length > 0
            ? [`rm ${leftOut.map((p) => quote(`config/${p}`)).join(' ')}   # its own keys: never those of the Primary`]
            : []),
          ...(plan.closePublic ? ['# no access without an account goes with the fence'] : []),
          '# the fence; take js7.journal.cluster.nodes out of the file first, if it is there',
          `sh -c ${quote(setFlag('config/controller.conf', 'yes', plan.setupId, plan.closePublic ? [NOT_PUBLIC] : []))}`,
          on(secondary.engineId),
          `docker cp config/. ${quote(`${secondary.name}:${secondary.places.config}`)}`,
        ]
      : plan.instances.map(
          (i) =>
            `# write ${i.places.config}/controller.conf and private/private.conf of ${i.name}${i.slot === 'secondary' ? ' with js7.journal.cluster.node.is-backup = yes' : ''}`,
        );
  const primary = plan.instances.find((i) => i.slot === 'primary');
  return [
    ...(makeNetwork ? [on(makeNetwork.engineId), `docker network create ${quote(makeNetwork.name)}`] : []),
    ...made,
    ...copy,
    ...(primary ? [on(primary.engineId), `docker start ${quote(primary.name)}`] : []),
    '# the Secondary is not started: it takes part after a switch-over',
  ];
}
function existing({ existing: e, setupId }: SetupPlan): readonly string[] {
  if (!e) return [];
  const helper = (script: string): string =>
    `docker run --rm --user 0 --network none --entrypoint sh --volumes-from ${quote(e.name)} "$(docker inspect -f '{{.Image}}' ${quote(e.name)})" -c ${quote(script)}`;
  return [
    on(e.engineId),
    `docker update --restart=no ${quote(e.name)}`,
    helper(setFlag(`${e.places.config}/controller.conf`, 'yes', setupId)),
    ...(e.stateFingerprint === 'empty' ? [] : [helper(retireJournal(e.places.state, e.aside))]),
  ];
}

type Yaml = Record<string, unknown>;
/** As an object for a YAML library. `profiles`: `docker compose up` leaves the spare alone. */
export function composeOf(plan: SetupPlan): { readonly head: readonly string[]; readonly file: Yaml } {
  const networks = [...new Set(plan.instances.flatMap((i) => i.networks.map((n) => n.network)))];
  const volumes = plan.instances.flatMap((i) => i.mounts.filter((m) => m.kind === 'volume').map((m) => m.source));
  const file: Yaml = {
    services: Object.fromEntries(plan.instances.map((i) => [`controller-${i.slot}`, service(i)])),
    ...(networks.length > 0 && {
      networks: Object.fromEntries(networks.map((n) => [n, n === plan.makeNetwork?.name ? { name: n } : { external: true }])),
    }),
    ...(volumes.length > 0 && { volumes: Object.fromEntries(volumes.map((v) => [v, { name: v }])) }),
  };
  const images = [...new Set(plan.instances.map((i) => `${i.image.digest} is ${i.image.ref}`))];
  return { head: [...images, 'The configuration lies in the volumes: this file makes containers, not what is in them.'], file };
}
function service(i: PlannedInstance): Yaml {
  const environment = { ...i.env, ...Object.fromEntries((i.secretEnv ?? []).map((k) => [k, `\${${k}}`])) };
  const labels = Object.keys(i.labels).length > 0;
  return {
    // A tag may mean another image there, or be pulled.
    image: i.image.digest,
    container_name: i.name,
    hostname: i.hostname,
    ...(i.user && { user: i.user }),
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(labels && { labels: i.labels }),
    ...(i.ports.length > 0 && {
      ports: i.ports.map((p) => `${p.hostIp ? `${p.hostIp.includes(':') ? `[${p.hostIp}]` : p.hostIp}:` : ''}${p.outside}:${p.inside}`),
    }),
    ...(i.networks.length > 0 && {
      networks: Object.fromEntries(i.networks.map((n) => [n.network, n.aliases.length > 0 ? { aliases: n.aliases } : {}])),
    }),
    volumes: i.mounts.map((m) => `${m.source}:${m.target}`),
    restart: 'no',
    ...(i.slot === 'secondary' && { profiles: ['manual'] }),
  };
}
