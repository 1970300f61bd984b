import type { Millis } from '../reading';

/** Our own id of a configured engine (a slug such as `docker-a`), not the engine's: two engines on one machine report the same ID (two-engines.md). */
export type EngineId = string;

/** How to reach an engine. Secrets (TLS key, ssh key) are stored encrypted and never shown. */
export type EngineAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly ca: string; readonly cert: string; readonly key: string }
  /** Plain TCP: only ever to loopback or a private tunnel; the page warns. */
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly privateKey?: string /** `SHA256:…`, as ssh-keygen -l prints it; without it the first key seen is trusted. */;
      readonly hostKeySha256?: string;
    }
  | { readonly kind: 'rehearsal' };

export interface EngineSettings {
  readonly id: EngineId;
  readonly name: string;
  readonly address: EngineAddress;
}

export interface EngineInfo {
  /** Engine version, e.g. `27.3.1`. */
  readonly version: string;
  /** API version in use after negotiation, e.g. `1.41`. */
  readonly apiVersion: string;
  /** Host name as the engine tells it. */
  readonly hostname: string;
  readonly os: string;
  readonly rootless: boolean;
  /** The engine's clock minus ours, ms; undefined where it does not tell. */
  readonly clockSkewMs?: number;
}

export type EngineEventKind =
  | 'created'
  | 'started'
  | 'stopped'
  | 'killed'
  | 'died'
  | 'renamed'
  | 'destroyed'
  | 'updated'
  | 'paused'
  | 'unpaused';
/** Something happened to a container. It is a hint to look again, never a proof of a state. */
export interface EngineEvent {
  readonly kind: EngineEventKind;
  readonly instance: string;
  readonly at: Millis;
  readonly exitCode?: number;
  /** Of `killed`: the number of the signal, where the engine tells it (15 asks, 9 ends at once). */
  readonly signal?: number;
}
