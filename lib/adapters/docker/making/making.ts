import 'server-only';
import type { Making } from '../../../ports/making';
import type { Connection } from '../connection';
import { setAliases } from './aliases';
import { makeInstance, removeInstance } from './containers';
import { image, images, loadImage, saveImage } from './images';
import { makeNetwork, networks, removeNetwork } from './networks';
import { makeVolume, removeVolume, volumes } from './volumes';

export const making = (c: Connection): Making => ({
  images: () => images(c),
  image: (which) => image(c, which),
  saveImage: (digest, signal) => saveImage(c, digest, signal),
  loadImage: (archive, o) => loadImage(c, archive, o),
  networks: () => networks(c),
  makeNetwork: (name, setupId) => makeNetwork(c, name, setupId),
  volumes: () => volumes(c),
  makeVolume: (name, setupId) => makeVolume(c, name, setupId),
  makeInstance: (spec, setupId) => makeInstance(c, spec, setupId),
  removeInstance: (name, setupId) => removeInstance(c, name, setupId),
  removeVolume: (name, setupId) => removeVolume(c, name, setupId),
  removeNetwork: (name, setupId) => removeNetwork(c, name, setupId),
  setAliases: (name, network, aliases) => setAliases(c, name, network, aliases),
});
