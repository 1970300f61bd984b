/** For docker.mjs: a real Docker Engine of its own, and a pair of emulated Controllers in containers on it. */
export { makePair } from '../../e2e/docker/controllers';
export { startEngine } from '../../e2e/docker/dockerd';
