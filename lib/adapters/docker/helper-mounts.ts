import 'server-only';
import type { MountSettings } from 'dockerode';
import type { Inspected } from './instance';

/**
 * The volumes of an instance as mounts of a helper, below `prefix`. By name, never by `VolumesFrom`: with that one an anonymous volume would count as the
 * helper's own, and Docker would remove it with the helper once the instance itself is gone (moby `removeMountPoints`): the only journal there is.
 * `NoCopy`: an empty volume is not filled from the image. What cannot be shared (tmpfs) is left out.
 */
export function helperMounts(c: Inspected, prefix: string, readOnly: boolean): MountSettings[] {
  const found: MountSettings[] = [];
  for (const m of c.Mounts ?? []) {
    const target = { Target: `${prefix}${m.Destination}`, ReadOnly: readOnly || m.RW === false };
    const subpath = c.HostConfig.Mounts?.find((w) => w.Target === m.Destination)?.VolumeOptions?.Subpath;
    if (m.Type === 'volume' && m.Name)
      found.push({
        Type: 'volume',
        Source: m.Name,
        ...target,
        VolumeOptions: { NoCopy: true, ...(subpath && { Subpath: subpath }) } as MountSettings['VolumeOptions'] & object,
      });
    else if (m.Type === 'bind' && m.Source) found.push({ Type: 'bind', Source: m.Source, ...target });
  }
  return found;
}
