import type { Instance } from '../instance/instance';
import type { Message } from '../text/message';
import type { Slot } from './cluster';

/** A container that looks like a Controller, with what was found out about it. */
export interface Candidate {
  readonly instance: Omit<Instance, 'env'>;
  /** Why it is taken for a Controller: image name, label, mount, environment. */
  readonly because: readonly Message[];
  readonly emulation: boolean;
  readonly controllerId?: string;
  /** URLs by which Handover may reach it, the most promising first. */
  readonly urls: readonly string[];
  /** Name of the cluster that has it already. */
  readonly usedBy?: string;
  /** What its Controller answered at the first URL that did. */
  readonly answered?: { readonly url: string; readonly controllerId?: string; readonly version?: string };
  readonly hints: readonly Message[];
}

/** One thing that was tried before saving. */
export interface ClusterCheck {
  readonly slot?: Slot;
  readonly id: string;
  readonly result: 'pass' | 'warn' | 'block' | 'unknown';
  readonly title: Message;
  readonly measured: Message;
  readonly remedy?: Message;
}
export interface ClusterTest {
  readonly checks: readonly ClusterCheck[];
  /** What the cluster will be known by: told by a Controller, else by a journal, else by a container. */
  readonly controllerId?: string;
}
