/** The parts of one running Controller, put together; and how it ends. */
import fs from 'node:fs';
import { showSpan } from '../shared/durations';
import { clock, toStderr } from '../shared/log-file';
import { sleep } from '../shared/sleep';
import { AgentDrivers } from './agents/drivers';
import { ClusterNode } from './cluster/cluster-node';
import { ClusterWatchCounterpart } from './cluster/watch-counterpart';
import type { Node } from './node';
import { WebServer } from './web/server';

export class Controller {
  readonly node: Node;
  readonly watch: ClusterWatchCounterpart;
  readonly cluster: ClusterNode;
  readonly agents: AgentDrivers;
  readonly web: WebServer;
  #ended = false;

  constructor(node: Node) {
    this.node = node;
    this.watch = new ClusterWatchCounterpart(node);
    this.cluster = new ClusterNode(this);
    this.agents = new AgentDrivers(this);
    this.web = new WebServer(this);
  }

  /** Proper end of the process: ports closed, last lines written (controller-api 10.2, 10.3). Only the first call counts. */
  async terminate(code: number): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await sleep(Number(process.env.EMULATED_STOP_MS ?? 0));
    this.node.role.close('terminated');
    this.agents.stop();
    this.cluster.stop();
    await this.web.close();
    const restart = code === 97 || code === 98 ? ' and is expected to restart' : '';
    const line = `Controller terminates ${showSpan(Date.now() - this.node.startedAt)} after start${restart}`;
    this.node.log.info('js7.common.system.startup.ServiceMain', line);
    toStderr(`${clock()} ${line}`);
    this.exit(code);
  }

  /** At once, without a word to anybody (EmergencyStop, halt). */
  halt(code: number, message: string): never {
    toStderr(`\n${clock()} ${message}`);
    this.node.log.error('js7.base.system.startup.Halt', message);
    process.exit(code);
  }

  exit(code: number): void {
    const secrets = ['session-token', 'secret-http-headers'].map((name) => `${this.node.commandLine.dataDirectory}/work/${name}`);
    for (const file of secrets) fs.rmSync(file, { force: true });
    this.node.log.info('js7.base.system.startup.StartUp', 'STOP');
    process.exit(code);
  }
}
