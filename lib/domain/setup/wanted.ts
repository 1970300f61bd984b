/** What a person wants made, as the wizard's form gives it (contract/setup.ts has the same shapes as zod). */
import type { ClusterId } from '../cluster/cluster';
import type { EngineId } from '../engine/engine';

export interface Placed {
  readonly engineId: EngineId;
  readonly name: string;
  readonly hostname: string;
  readonly ports: readonly { readonly inside: number; readonly hostIp: string; readonly outside: number }[];
  readonly networks: readonly { readonly network: string; readonly aliases: readonly string[] }[];
  readonly mounts: readonly { readonly kind: 'volume' | 'bind'; readonly source: string; readonly target: string }[];
  readonly url: string;
}
export interface CreateSecondary extends Placed {
  readonly kind: 'create-secondary';
  readonly clusterId: ClusterId;
  readonly env: Readonly<Record<string, string>>;
  readonly copyPublicAccess: boolean;
  readonly nodes?: { readonly primary: string; readonly secondary: string } | undefined;
}
export interface UseExisting {
  readonly kind: 'use-existing';
  readonly clusterId: ClusterId;
  readonly engineId: EngineId;
  readonly name: string;
  /** Secrets of the access never get into a plan. */
  readonly access: { readonly url: string; readonly user?: string | undefined };
  readonly moveAside: boolean;
}
export interface CreateBoth {
  readonly kind: 'create-both';
  readonly clusterName: string;
  readonly controllerId: string;
  readonly imageDigest: string;
  readonly network: string;
  readonly primary: Placed;
  readonly secondary: Placed;
}
export type Wanted = CreateSecondary | UseExisting | CreateBoth;
