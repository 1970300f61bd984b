import 'server-only';
import type Docker from 'dockerode';

/** Settings go into the body, the name into the query: dockerode's plain form writes all of them into the address, too. */
export function createContainer(
  docker: Docker,
  name: string | undefined,
  abortSignal: AbortSignal,
  settings: Docker.ContainerCreateOptions,
): Promise<Docker.Container> {
  const split = { _query: name === undefined ? {} : { name }, _body: settings, abortSignal };
  return docker.createContainer(split as Docker.ContainerCreateOptions);
}
