import { spawnSync } from 'node:child_process';

/** A network bridge on the host and an address range for an engine's own networks; no two test engines share one. */
export interface Bridge {
  readonly name: string;
  readonly pool: string;
}

/** Creates the first free bridge `hov0` … `hov31`: its name is the lock, creating it is atomic, also between processes. */
export function claimBridge(): Bridge {
  let last = '';
  for (let slot = 0; slot < 32; slot++) {
    const name = `hov${slot}`;
    const made = ip('link', 'add', name, 'type', 'bridge');
    if (made.ok) {
      const addressed = ip('addr', 'add', `172.31.${slot}.1/24`, 'dev', name);
      const up = ip('link', 'set', name, 'up');
      if (addressed.ok && up.ok) return { name, pool: `10.${200 + slot}.0.0/16` };
      ip('link', 'delete', name);
      last = addressed.message + up.message;
    } else {
      last = made.message;
      if (!/exists/i.test(last)) break;
    }
  }
  throw new Error(`No network bridge can be made for a test engine (root with the program "ip" is needed): ${last}`);
}

function ip(...args: string[]): { ok: boolean; message: string } {
  const r = spawnSync('ip', args, { encoding: 'utf8' });
  return { ok: r.status === 0, message: r.error?.message ?? r.stderr };
}
