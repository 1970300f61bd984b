import 'server-only';
import { createHash } from 'node:crypto';
import type { Containers } from './containers';
import { IMAGES, NETWORK } from './emulated';
import { findImage, putImage } from './making/images';
import { networkNamed, putNetwork } from './making/things';

/** What every engine of the world has beside containers: images, and one overlay network that is the same on all of them. Again without harm. */
export function furnish(engines: readonly Containers[]): void {
  const id = createHash('sha256').update('the overlay network of the rehearsal world').digest('hex').slice(0, 25);
  for (const containers of engines) {
    for (const image of IMAGES) if (!findImage(containers.folder, image.digest)) putImage(containers.folder, image);
    if (!networkNamed(containers, NETWORK)) putNetwork(containers, { name: NETWORK, driver: 'overlay', id, internal: false });
  }
}
