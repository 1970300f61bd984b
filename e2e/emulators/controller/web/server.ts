/** The ports: opened after recovery, closed at the end; HTTP and HTTPS side by side (controller-api 1.0, 4.4, 10.1). */
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Address } from '../../shared/options';
import type { Controller } from '../controller';
import { Exchange } from './exchange';
import { Gatekeeper } from './gatekeeper';
import { answer } from './router';
import { tlsOptions } from './tls';

/** Longer than any long poll; Node's own default would end streams and slow bodies. */
const IDLE_MS = 17 * 60_000;

export class WebServer {
  readonly #controller: Controller;
  readonly #gatekeeper: Gatekeeper;
  readonly #servers: Server[] = [];
  readonly #open = new Set<ServerResponse>();

  constructor(controller: Controller) {
    this.#controller = controller;
    this.#gatekeeper = new Gatekeeper(controller.node.settings, controller.node.sessions);
  }

  async open(): Promise<void> {
    const { commandLine, settings, log } = this.#controller.node;
    for (const address of commandLine.http) await this.#listen(http.createServer(), address, 'http');
    for (const address of commandLine.https) await this.#listen(https.createServer(tlsOptions(settings.https)), address, 'https');
    if (settings.auth.public)
      log.info('js7.common.pekkohttp.web.auth.GateKeeper', 'ACCESS IS PUBLIC - EVERYONE HAS ACCESS (public = true)');
  }

  async #listen(server: Server, { host, port }: Address, scheme: string): Promise<void> {
    const loopback = host === 'localhost' || host.startsWith('127.') || host === '::1';
    server.requestTimeout = 0;
    server.headersTimeout = 60_000;
    server.keepAliveTimeout = 60_000;
    server.timeout = IDLE_MS;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#open.add(response);
      response.once('close', () => this.#open.delete(response));
      // A client that goes while we write is no matter of ours; unheard, the event would end the program.
      response.on('error', () => {});
      request.on('error', () => {});
      void answer(this.#controller, this.#gatekeeper, new Exchange(request, response, loopback));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.#servers.push(server);
    this.#controller.node.log.info(
      'js7.common.pekkohttp.web.SinglePortPekkoWebServer',
      `${scheme}://${host}:${port} Controller web services are available`,
    );
  }

  /** The address for local programs, in `data/work/http-uri`. */
  get localUri(): string {
    const port = this.#controller.node.commandLine.http[0]?.port;
    return port === undefined ? '' : `http://127.0.0.1:${port}/controller`;
  }

  /** Streams end properly; requests that still wait for an answer get none. */
  async close(): Promise<void> {
    for (const server of this.#servers) server.close();
    for (const response of this.#open) if (response.headersSent && !response.writableEnded) response.end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const server of this.#servers) server.closeAllConnections();
  }
}
