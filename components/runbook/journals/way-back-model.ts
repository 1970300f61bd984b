/** The way back after a split brain in which Agents took part (product.md 6; tried on real ones: recordings 11, 11b, 11c), as commands a person types. */
import type { JournalsAnswer } from '@/lib/contract/runs';
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { ClusterView, InstanceView } from '@/lib/domain/cluster/view';
import { otherOf, sideOf } from './journals-model';

export type WayStep = 'stop' | 'keep' | 'agents' | 'start' | 'reset' | 'agentsUp';
export interface WayPart {
  readonly step: WayStep;
  /** Containers that Handover does not know: only a person can do it. */
  readonly byYou: boolean;
  readonly commands: readonly string[];
}

const quote = (s: string): string => (/^[\w@%+=:,./-]+$/.test(s) ? s : `'${s.replaceAll("'", "'\\''")}'`);
const on = (i: InstanceView): string => `# on engine ${i.docker.engineName}`;
const at = (view: ClusterView, slot: Slot): InstanceView | undefined => (slot === 'primary' ? view.primary : view.secondary);

/** `keep` = the slot whose journal is newer. What is not known of an instance (its image, its folders) stands in capitals, to be filled in: typed as it is it fails and does no harm. */
export function wayBack(a: JournalsAnswer, view: ClusterView, keep: Slot): readonly WayPart[] {
  const kept = at(view, keep);
  const aside = at(view, otherOf(keep));
  if (!kept || !aside) return [];
  const stop = (i: InstanceView) => [
    on(i),
    `docker update --restart=no ${quote(i.ref.name)}`,
    `docker stop --time 120 ${quote(i.ref.name)}`,
  ];
  const folder = sideOf(a, otherOf(keep))?.path ?? 'STATE_DIRECTORY';
  const image = aside.docker.instance?.image.ref ?? 'IMAGE';
  const config = aside.disk.config?.path ?? 'CONFIG_DIRECTORY/controller.conf';
  const shell = (script: string) =>
    `docker run --rm --user 0 --network none --entrypoint sh --volumes-from ${quote(aside.ref.name)} ${quote(image)} -c ${quote(script)}`;
  const post = (body: string) =>
    `curl -u "$JS7_USER:$JS7_PASSWORD" -H 'Content-Type: application/json' -H 'Accept: application/json' -d '${body}' ${quote(`${kept.url}/controller/api/command`)}`;
  return [
    { step: 'stop', byYou: false, commands: [...stop(view.primary), ...(view.secondary ? stop(view.secondary) : [])] },
    {
      step: 'keep',
      byYou: false,
      commands: [
        on(aside),
        shell(`mv ${quote(folder)} ${quote(`${folder}.aside-split-brain`)} && mkdir ${quote(folder)}`),
        shell(`echo 'js7.journal.cluster.node.is-backup = yes' >> ${quote(config)}`),
      ],
    },
    { step: 'agents', byYou: true, commands: ['docker stop AGENT_CONTAINER'] },
    {
      step: 'start',
      byYou: false,
      commands: [on(kept), `docker start ${quote(kept.ref.name)}`, `curl ${quote(`${kept.url}/controller/api/journalInfo`)}`],
    },
    { step: 'reset', byYou: false, commands: [post('{"TYPE":"ResetAgent","agentPath":"AGENT_ID","force":true}')] },
    { step: 'agentsUp', byYou: true, commands: ['docker start AGENT_CONTAINER'] },
  ];
}
