/** JS7's problems: code, arguments, message, and the HTTP status each goes with (controller-api 0.4). */
import type { JsonObject } from '../../shared/json';

const STATUS: Record<string, number> = {
  ClusterNodeIsNotActive: 503,
  ClusterNodeIsNotReady: 503,
  BackupClusterNodeNotAppointed: 503,
  ClusterModuleShuttingDown: 503,
  ControllerIsNotReady: 503,
  ShuttingDown: 503,
  WebServiceStillNotAvailable: 503,
  AgentIsShuttingDown: 503,
  NoDirector: 503,
  InvalidLogin: 401,
  InvalidSessionToken: 403,
  UserDoesNotHavePermission: 403,
};

export class Problem extends Error {
  readonly code: string | undefined;
  readonly args: Readonly<Record<string, string>> | undefined;
  readonly status: number;
  /** Headers that go with the answer. */
  headers: Readonly<Record<string, string>> = {};

  constructor(code: string | undefined, message: string, args?: Record<string, string>, status?: number) {
    super(message);
    this.code = code;
    this.args = args;
    this.status = status ?? STATUS[code ?? ''] ?? 400;
  }

  static text(message: string, status = 400): Problem {
    return new Problem(undefined, message, undefined, status);
  }

  with(headers: Readonly<Record<string, string>>): this {
    this.headers = headers;
    return this;
  }

  json(): JsonObject {
    return { TYPE: 'Problem', ...this.body() };
  }

  /** Without TYPE: as it stands inside events, and as POST /item answers on a node that is not active (recording 03/017). */
  body(): JsonObject {
    return { ...(this.code !== undefined && { code: this.code }), ...(this.args && { arguments: this.args }), message: this.message };
  }

  /** `Code: message`, as text/plain and in logs. */
  override toString(): string {
    return this.code === undefined ? this.message : `${this.code}: ${this.message}`;
  }
}

export const notActive = (): Problem => new Problem('ClusterNodeIsNotActive', 'This cluster node is not (yet) active');
export const notReady = (): Problem => new Problem('ClusterNodeIsNotReady', 'Cluster node is not ready yet');
export const notAppointed = (): Problem =>
  new Problem('BackupClusterNodeNotAppointed', 'This backup cluster node has not yet been appointed');
export const controllerNotReady = (): Problem => new Problem('ControllerIsNotReady', 'Controller is not ready yet');
export const shuttingDown = (): Problem => new Problem('ControllerIsShuttingDown', 'Controller is shutting down');
export const switchingOver = (): Problem => new Problem('ControllerIsSwitchingOver', 'Controller is switching over active cluster node');
export const unknownKey = (type: string, key: string): Problem => new Problem('UnknownKey', `No such ${type}: ${key}`, { type, key });
export const noLicense = (): Problem => Problem.text('No license for js7.controller.cluster');
