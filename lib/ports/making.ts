/**
 * What setting a cluster up needs of an engine beyond lib/ports/engine.ts: images, networks, volumes, containers, aliases. All that is made carries the label
 * `handover.setup=<setup id>`; only what carries it can be removed here. Every method looks before it acts and may be repeated: what is there already with the same
 * label is success, what is there without it is CONFLICT.
 * Codes beside those of engine.ts: IMAGE_NOT_FOUND, NETWORK_NOT_FOUND, PORT_TAKEN, CONFLICT (name taken), DISK_FULL.
 */
import type { Readable } from 'node:stream';
import type { Instance, RestartPolicy } from '../domain/instance/instance';
import type { Result } from '../domain/result';

export interface ImageInfo {
  /** The image ID (`sha256:…`): equal on every engine the image was loaded on. */
  readonly digest: string;
  readonly refs: readonly string[];
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
}
export interface NetworkInfo {
  readonly name: string;
  /** `bridge`, `overlay`, … An overlay with the same `id` on two engines is one network: an alias in it is seen from both. */
  readonly driver: string;
  readonly id: string;
  readonly internal: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}
export interface VolumeInfo {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface InstanceSpec {
  readonly name: string;
  readonly hostname: string;
  /** By digest: a tag may mean something else tomorrow. */
  readonly imageDigest: string;
  /** Shown as the container's image where the engine has that tag for the digest. */
  readonly imageRef: string;
  readonly user?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly { readonly kind: 'volume' | 'bind'; readonly source: string; readonly target: string }[];
  readonly networks: readonly { readonly network: string; readonly aliases: readonly string[] }[];
  readonly ports: readonly { readonly inside: number; readonly hostIp: string; readonly outside: number }[];
  readonly restartPolicy: RestartPolicy;
}

export interface Making {
  images(): Promise<Result<readonly ImageInfo[]>>;
  /** By digest or reference. */
  image(which: string): Promise<Result<ImageInfo | 'absent'>>;
  /**
   * The image as an archive (`docker save`) with all its references, to be fed to `loadImage` of another engine; back-pressure holds. The first byte may take
   * minutes (an engine packs before it sends). ENGINE_TIMEOUT when nothing moves. Ended by destroying it, or by `signal`.
   */
  saveImage(digest: string, signal?: AbortSignal): Promise<Result<Readable>>;
  /**
   * Consumes the archive. `onBytes`: how many were taken so far. Success says that the engine took it; that it is the image that was meant, `image` tells. A
   * transfer that breaks off or is cancelled leaves no image. DISK_FULL, ENGINE_ERROR (no archive of an image).
   */
  loadImage(archive: Readable, o?: { onBytes?(bytes: number): void; readonly signal?: AbortSignal }): Promise<Result<void>>;
  /** Networks that containers can be attached to; not `host` and `none`. */
  networks(): Promise<Result<readonly NetworkInfo[]>>;
  /** Of the engine's usual kind (bridge). */
  makeNetwork(name: string, setupId: string): Promise<Result<void>>;
  volumes(): Promise<Result<readonly VolumeInfo[]>>;
  makeVolume(name: string, setupId: string): Promise<Result<void>>;
  /**
   * Created, not started, and attached to all its networks. Image, networks and volumes must be there (IMAGE_NOT_FOUND, NETWORK_NOT_FOUND, PATH_NOT_FOUND). A port
   * that something else holds is seen at the start (PORT_TAKEN there).
   */
  makeInstance(spec: InstanceSpec, setupId: string): Promise<Result<Instance>>;
  /** Only with the setup's label, only when it does not run; its volumes stay. Absent = done. */
  removeInstance(name: string, setupId: string): Promise<Result<void>>;
  removeVolume(name: string, setupId: string): Promise<Result<void>>;
  removeNetwork(name: string, setupId: string): Promise<Result<void>>;
  /**
   * The container's aliases in a network, all of them; its other settings there (fixed address) and its other networks stay. The container need not run (it is
   * detached from and attached to the network). Joins the network where it is not in it yet. Idempotent. Docker keeps no alias of a container that does not run in its DNS.
   * Its name, hostname and short id resolve in any case and need not be told; an alias that is one of these cannot be taken away. A container that runs may get another address,
   * unless it is fixed. BAD_REQUEST where the network knows no aliases (Docker's `bridge`).
   * Cut off between detaching and attaching, the container is not in the network: the next call puts it there with the new aliases and its fixed address, which the
   * adapter noted on the engine beforehand (docker/making/aliases.ts). So whoever was cut off calls again before the container is started.
   */
  setAliases(name: string, network: string, aliases: readonly string[]): Promise<Result<void>>;
}
