/**
 * What a person would type to do a step by hand. Shown on the plan page, in the exported document and after "take over by hand". The
 * commands are complete: real names, real paths; `$…` stands only for secrets.
 */
import { provedRetired, putInPlace, quote, retireJournal, setFlag, writeMarker } from './by-hand';
import { asidePath, type Plan, type PlanJoc, type PlanSide, retiredPath, stagingPath } from './plan';
import type { StepId } from './steps';

/** `docker` as a person reaches the engine from their own machine: the context or `-H` is theirs to add, so it stands as a comment. */
const on = (s: PlanSide): string => `# on engine ${s.ref.engineId}`;
const helper = (s: PlanSide, image: string, script: string): string =>
  `docker run --rm --user 0 --network none --entrypoint sh --volumes-from ${quote(s.ref.name)} ${quote(image)} -c ${quote(script)}`;
/** Through a folder of the person's machine, never into the target's state directory: a file of another lineage there would win. */
const copy = (p: Plan, images: Images, folder: string): readonly string[] => [
  on(p.source),
  `docker cp ${quote(`${p.source.ref.name}:${p.source.statePath}`)} ${quote(folder)}`,
  on(p.target),
  helper(p.target, images.target, `rm -rf ${quote(stagingPath(p))}`),
  `docker cp ${quote(`${folder}/.`)} ${quote(`${p.target.ref.name}:${stagingPath(p)}`)}`,
];

/** Docker has no command that changes an alias: the container is detached and attached again. It is stopped, so nothing is cut. */
function reconnect(side: PlanSide, joc: PlanJoc | undefined, which: 'source' | 'target'): readonly string[] {
  const move = joc?.move;
  if (!move) return ['# no name is moved'];
  const aliases = [...move[which].others, ...(which === 'target' ? [move.alias] : [])].map((a) => ` --alias ${quote(a)}`).join('');
  return [
    on(side),
    `docker network disconnect ${quote(move.network)} ${quote(side.ref.name)}`,
    `docker network connect${aliases} ${quote(move.network)} ${quote(side.ref.name)}   # with --ip where it has a fixed address`,
  ];
}
/** JOC's own API (reference joc-cockpit 1.3, 1.5); the proof is the time of its proxy's last event (joc-proved N3). */
function tellJoc({ joc, controllerId, target }: Plan): readonly string[] {
  if (!joc) return ['# no JOC Cockpit follows this cluster'];
  const api = (path: string) => quote(`${joc.url}/joc/api/${path}`);
  const post = (path: string, body: unknown): string =>
    `curl -X POST -H "X-Access-Token: $JOC_TOKEN" -H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))} ${api(path)}`;
  const login = `curl -X POST -D - -o /dev/null -u "$JOC_USER:$JOC_PASSWORD" ${api('authentication/login')}   # JOC_TOKEN is its X-Access-Token`;
  const proof = `${post('agents', { controllerId })}   # surveyDate must not be older than startedAt of ${target.url.replaceAll("'", '')}/controller/api`;
  if (joc.follow !== 'update') return [login, proof];
  const node = { url: joc.to[0] ?? target.url, role: 'STANDALONE', ...(joc.caption !== undefined && { title: joc.caption }) };
  return [login, post('controller/register', { controllerId, controllers: [node], auditLog: { comment: 'Switch-over' } }), proof];
}

interface Images {
  readonly source: string;
  readonly target: string;
}
export function commandsOf(step: StepId, p: Plan, images: Images): readonly string[] {
  const { source, target } = p;
  const lock = `handover-lock-${p.clusterId}`;
  const flag = (s: PlanSide, image: string, value: 'yes' | 'no'): string => helper(s, image, setFlag(s.configPath, value, p.runId));
  const table: Record<StepId, readonly string[]> = {
    lock: [source, ...(p.sameEngine ? [] : [target])].flatMap((s, i) => [
      on(s),
      `docker create --name ${quote(lock)} ${quote(i === 0 ? images.source : images.target)}`,
    ]),
    'copy-ahead': copy(p, images, `journal-${p.runId}-ahead`),
    'fence-ahead': [on(source), `docker update --restart=no ${quote(source.ref.name)}`, flag(source, images.source, 'yes')],
    'shut-down': [
      `curl -H 'Content-Type: application/json' -H 'Accept: application/json' -u "$JS7_USER:$JS7_PASSWORD" -d '{"TYPE":"ShutDown"}' ${quote(`${source.url}/controller/api/command`)}`,
      `# only if the API stays silent, on engine ${source.ref.engineId}`,
      `docker stop --time 300 ${quote(source.ref.name)}`,
    ],
    'prove-stopped': [
      on(source),
      `docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.FinishedAt}}' ${quote(source.ref.name)}`,
      helper(
        source,
        images.source,
        `cd ${quote(source.statePath)} && ls -l && tail -c 300 $(ls controller--*.journal | sort -t- -k3 -n | tail -n 2 | head -n 1)   # must end with ControllerShutDown`,
      ),
    ],
    'prove-fence': [
      on(source),
      `docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' ${quote(source.ref.name)}   # must be no`,
      helper(source, images.source, `grep is-backup ${quote(source.configPath)}   # must be yes`),
      '# put who and why in the place of WHO and WHY',
      helper(source, images.source, writeMarker(p)),
    ],
    'copy-rest': [
      // By hand all is copied again: which files went on, and which have vanished since, is not worth finding out.
      ...copy(p, images, `journal-${p.runId}`),
      on(source),
      helper(source, images.source, `cd ${quote(source.statePath)} && sha256sum controller--*.journal`),
      on(target),
      helper(target, images.target, `cd ${quote(stagingPath(p))} && sha256sum controller--*.journal   # must be the same lines`),
      helper(
        target,
        images.target,
        putInPlace({
          staging: stagingPath(p),
          state: target.statePath,
          aside: asidePath(p),
          owner: `${target.uid}:${target.gid}`,
        }),
      ),
    ],
    retire: [on(source), helper(source, images.source, retireJournal(source.statePath, retiredPath(p)))],
    'move-name': [...reconnect(source, p.joc, 'source'), ...reconnect(target, p.joc, 'target')],
    unfence: [on(target), flag(target, images.target, 'no'), `docker update --restart=${source.policy.name} ${quote(target.ref.name)}`],
    start: [
      on(source),
      'SOURCE_RESTS=no',
      `[ "$(docker inspect -f '{{.State.Running}}' ${quote(source.ref.name)})" = false ] && ${helper(source, images.source, provedRetired(p))} && SOURCE_RESTS=yes`,
      `${on(target)}, in the same shell: it starts only if the line above was right`,
      `[ "$SOURCE_RESTS" = yes ] && docker start ${quote(target.ref.name)}`,
    ],
    'prove-works': [
      `curl ${quote(`${target.url}/controller/api`)}`,
      `curl ${quote(`${target.url}/controller/api/journalInfo`)}   # lastEventId must not be behind`,
    ],
    'tell-joc': tellJoc(p),
    agents: [`curl -u "$JS7_USER:$JS7_PASSWORD" ${quote(`${target.url}/controller/api/snapshot/`)} | grep -o '"TYPE":"AgentRefState".*'`],
    report: [source, ...(p.sameEngine ? [] : [target])].flatMap((s) => [on(s), `docker rm ${quote(lock)}`]),
  };
  return table[step];
}
