/** What was measured before a set-up: engines, the Primary, an existing Secondary. No secret is in it but the text of controller.conf, which is never told whole. */
import type { Cluster } from '../cluster/cluster';
import type { AgentFacts, ControllerFacts } from '../controller/controller';
import type { EngineId, EngineInfo } from '../engine/engine';
import type { Problem } from '../errors';
import type { Instance } from '../instance/instance';
import type { DiskFacts } from '../journal/disk';
import type { SetupPlaces } from './setup';

export interface ImageFacts {
  readonly digest: string;
  readonly refs: readonly string[];
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
}
export interface NetworkFacts {
  readonly name: string;
  readonly driver: string;
  readonly id: string;
  readonly internal: boolean;
}
export interface SetupEngine {
  readonly id: EngineId;
  readonly name: string;
  readonly world: 'docker' | 'rehearsal';
  /** Its host as Handover reaches it; absent: this host. */
  readonly host?: string;
  /** Why nothing more is known of it. */
  readonly problem?: Problem;
  readonly info?: EngineInfo;
  readonly instances: readonly Instance[];
  readonly images: readonly ImageFacts[];
  readonly networks: readonly NetworkFacts[];
  readonly volumes: readonly string[];
  /** Free bytes where its volumes lie, where that could be seen. */
  readonly freeBytes?: number;
}

/** A file of a configuration directory. */
export interface ConfigFile {
  /** Relative to the configuration directory. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly bytes: number;
  /** It holds a private key, as its name or its content tells. */
  readonly privateKey: boolean;
}
export interface ConfigMeasured {
  readonly files: readonly ConfigFile[];
  /** controller.conf, for people (UTF-8). */
  readonly text: string;
  /** What it will be in the Secondary: text and size in bytes, and how the flag reads then with private.conf and Java options. */
  readonly next: { readonly text: string; readonly bytes: number; readonly flag: 'on' | 'off' | Problem; readonly nodes: 'none' | 'there' };
}
export interface MeasuredInstance {
  readonly instance: Instance;
  readonly places?: SetupPlaces;
  readonly disk: DiskFacts | Problem;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Names, sizes and numbers of the journal files; `empty` where there is none. */
  readonly fingerprint?: string;
}
export interface MeasuredPrimary extends MeasuredInstance {
  readonly config: ConfigMeasured | Problem;
  readonly says?: ControllerFacts;
  readonly agents?: readonly AgentFacts[];
  readonly licence: Licence;
}
/** `proved`: JS7's own state or log says so. Nobody's word is proof. */
export type Licence = 'proved' | 'not' | 'unknown';

export interface SetupFacts {
  readonly engines: readonly SetupEngine[];
  /** Absent for create-both. */
  readonly cluster?: Cluster;
  readonly primary?: MeasuredPrimary | Problem;
  /** use-existing. */
  readonly existing?: MeasuredInstance | Problem;
  /** Names of clusters that are saved already. */
  readonly clusterNames: readonly string[];
  /** Something of this cluster is under way: a run or another set-up. */
  readonly busy?: string;
}
export const isProblem = (x: object): x is Problem => 'code' in x && 'message' in x;
/** The Secondary that the settings name has no container any more: its engine answered, and does not have it. */
export function secondaryGone(f: SetupFacts): boolean {
  const ref = f.cluster?.secondary?.ref;
  const engine = ref && engineIn(f, ref.engineId);
  return ref !== undefined && engine !== undefined && !engine.problem && !engine.instances.some((i) => i.name === ref.name);
}
export const engineIn = (f: SetupFacts, id: EngineId): SetupEngine | undefined => f.engines.find((e) => e.id === id);
/** Engines that share the ports of one machine: those of the rehearsal, and those that tell the same host name. */
export function portsTaken(f: SetupFacts, engine: SetupEngine): ReadonlyMap<number, string> {
  const here = f.engines.filter(
    (e) =>
      e.id === engine.id ||
      (e.world === 'rehearsal' && engine.world === 'rehearsal') ||
      (e.info !== undefined && e.info.hostname === engine.info?.hostname),
  );
  return new Map(
    here.flatMap((e) => e.instances.flatMap((i) => i.ports.filter((p) => p.outside > 0).map((p) => [p.outside, i.name] as const))),
  );
}
