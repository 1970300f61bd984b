/** Where a Controller's folders may lie in its container: docker-images.md 1.3, controller-api.md 10.1. One volume, three volumes, or bind mounts. */
import type { Mount } from './instance';

/** Paths as seen in the container, the most likely first; each lies in one of the mounts. */
export interface ControllerPaths {
  readonly state: readonly string[];
  /** Of controller.conf. */
  readonly config: readonly string[];
}

/** Under a mount: images from 2.5.2 (`…/state`), before (`…/var/state`), and a plain data directory. */
const STATE = ['state', 'var/state', 'data/state'];
const CONFIG = ['config/controller.conf', 'var/config/controller.conf'];

export function controllerPaths(mounts: readonly Mount[]): ControllerPaths {
  const roots = mounts.map((m) => m.target.replace(/\/+$/, ''));
  const inMount = (path: string) => roots.some((r) => path.startsWith(`${r}/`) || path === r);
  const own = (name: string) => roots.filter((r) => r.endsWith(`/${name}`));
  const parents = roots.map((r) => r.slice(0, r.lastIndexOf('/')));
  const under = (bases: readonly string[], tails: readonly string[]) => tails.flatMap((t) => bases.map((b) => `${b}/${t}`)).filter(inMount);
  return {
    state: unique([...own('state'), ...under(roots, STATE), ...under(parents, STATE)]),
    config: unique([...own('config').map((r) => `${r}/controller.conf`), ...under(roots, CONFIG), ...under(parents, CONFIG)]),
  };
}

/**
 * How Handover's own folders beside a state directory begin (domain/switchover/plan.ts, `beside`): siblings, or inside where the state directory is a mount
 * of its own.
 */
export function besideOf(statePath: string, mounts: readonly Mount[]): { readonly folder: string; readonly prefix: string } {
  if (mounts.some((m) => m.target.replace(/\/+$/, '') === statePath)) return { folder: statePath, prefix: 'handover.' };
  const cut = statePath.lastIndexOf('/');
  return { folder: statePath.slice(0, cut) || '/', prefix: `${statePath.slice(cut + 1)}.` };
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)];

/** Of the names beside a state directory: those of Handover's folders that may hold a journal. `prefix` as in `besideOf`. */
export const asidesOf = (names: readonly string[], prefix: string): readonly string[] =>
  names.filter((n) => ['retired-', 'aside-', 'incoming-'].some((word) => n.startsWith(`${prefix}${word}`)));
