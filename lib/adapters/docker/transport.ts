import 'server-only';
import http from 'node:http';
import https from 'node:https';
import type { DockerOptions } from 'dockerode';
import type { EngineAddress } from '../../domain/engine/engine';
import { sshAgent } from './ssh-agent';

/** How bytes get to one engine: what Node's http and dockerode need, and nothing shared with any other engine. */
export interface Transport {
  /** Address for people, without secrets. */
  readonly text: string;
  readonly kind: Exclude<EngineAddress['kind'], 'rehearsal'>;
  readonly request: http.RequestOptions & https.RequestOptions;
  readonly secure: boolean;
  readonly docker: DockerOptions;
  close(): void;
}

const hostText = (host: string) => (host.includes(':') ? `[${host}]` : host);

function addressText(address: EngineAddress): string {
  if (address.kind === 'socket') return `unix://${address.path}`;
  if (address.kind === 'rehearsal') return 'rehearsal';
  if (address.kind === 'ssh') return `ssh://${address.user}@${hostText(address.host)}:${address.port}`;
  return `tcp://${hostText(address.host)}:${address.port}`;
}

/** docker-modem takes every option that is not given from DOCKER_HOST and its like; explicit `undefined` keeps ours. */
const nothingFromEnvironment = {
  host: undefined,
  port: undefined,
  socketPath: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  username: undefined,
  sshOptions: {},
};
const options = (given: object): DockerOptions =>
  ({ ...nothingFromEnvironment, timeout: undefined, headers: {}, pathPrefix: '/', ...given }) as DockerOptions;

export function transportTo(address: Exclude<EngineAddress, { kind: 'rehearsal' }>): Transport {
  const text = addressText(address);
  const kept = { keepAlive: true, keepAliveMsecs: 10_000 };
  switch (address.kind) {
    case 'socket': {
      const agent = new http.Agent(kept);
      return {
        text,
        kind: 'socket',
        secure: false,
        request: { socketPath: address.path, agent },
        docker: options({ socketPath: address.path, protocol: 'http', agent }),
        close: () => agent.destroy(),
      };
    }
    case 'tcp':
      return overTcp(text, 'tcp', address, new http.Agent(kept));
    case 'ssh':
      // HTTP over a channel of the ssh connection: for HTTP itself it is a plain connection, the host name is of no account.
      return overTcp(text, 'ssh', { host: 'docker', port: 80 }, sshAgent(address));
    case 'tls': {
      const { host, port, ca, cert, key } = address;
      const agent = new https.Agent({ ...kept, ca, cert, key });
      return {
        text,
        kind: 'tls',
        secure: true,
        request: { host, port, agent, ca, cert, key },
        docker: options({ host, port, protocol: 'https', agent, ca, cert, key }),
        close: () => agent.destroy(),
      };
    }
  }
}

function overTcp(text: string, kind: 'tcp' | 'ssh', { host, port }: { host: string; port: number }, agent: http.Agent): Transport {
  return {
    text,
    kind,
    secure: false,
    request: { host, port, agent },
    docker: options({ host, port, protocol: 'http', agent }),
    close: () => agent.destroy(),
  };
}
