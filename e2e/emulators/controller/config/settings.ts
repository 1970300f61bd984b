/** What the configuration says to this Controller, in its own words (controller-api 4 and 5). */
import type { Config } from '../../shared/hocon';
import { type HttpsSettings, readHttps } from './https-settings';
import { readUsers, type User } from './users';

export interface ClusterTiming {
  /** Seconds, as they stand in the JSON (controller-api 2.3). */
  readonly heartbeat: number;
  readonly heartbeatTimeout: number;
  readonly consentTimeout: number;
}

export interface Settings {
  readonly controllerId: string;
  readonly isBackup: boolean;
  readonly nodeId: string;
  /** `js7.journal.cluster.nodes`: appointed by configuration. */
  readonly nodes: Readonly<Record<string, string>> | undefined;
  readonly timing: ClusterTiming;
  readonly clusterPassword: string | undefined;
  readonly licensed: boolean;
  readonly releaseEventsDelayMs: number;
  readonly removeObsoleteFiles: boolean;
  readonly usersAllowedToReleaseEvents: readonly string[];
  readonly trustedKeys: readonly (readonly [string, unknown])[];
  readonly users: ReadonlyMap<string, User>;
  readonly userErrors: readonly string[];
  readonly auth: {
    readonly public: boolean;
    readonly loopbackIsPublic: boolean;
    readonly getIsPublic: boolean;
    readonly delayMs: number;
    readonly sessionTimeoutMs: number;
  };
  readonly https: HttpsSettings;
  readonly logPrefix: string;
}

export function readSettings(config: Config, configDirectory: string, id: string | undefined): Settings {
  const isBackup = config.boolean('js7.journal.cluster.node.is-backup', false);
  const nodeId = config.string('js7.journal.cluster.node.id') ?? (isBackup ? 'Backup' : 'Primary');
  const seconds = (key: string, absent: number): number => config.duration(`js7.journal.cluster.${key}`, absent * 1000) / 1000;
  // The parser sorts keys; the real one keeps the file's order. Own node first is what configurations do.
  const nodes = config.entries('js7.journal.cluster.nodes').map(([k, v]) => [k, String(v)] as const);
  nodes.sort(([a], [b]) => Number(b === nodeId) - Number(a === nodeId));
  const { users, errors } = readUsers(config);
  return {
    controllerId: id ?? config.string('js7.controller.id') ?? 'Controller',
    isBackup,
    nodeId,
    nodes: nodes.length > 0 ? Object.fromEntries(nodes) : undefined,
    timing: {
      heartbeat: seconds('heartbeat', 3),
      heartbeatTimeout: seconds('heartbeat-timeout', 10),
      consentTimeout: seconds('consent-timeout', 6),
    },
    clusterPassword: config.string('js7.auth.cluster.password'),
    licensed: process.env.LICENSED === '1' || process.env.LICENSED === 'true',
    releaseEventsDelayMs: config.duration('js7.journal.release-events-delay', 60_000),
    removeObsoleteFiles: config.boolean('js7.journal.remove-obsolete-files', true),
    usersAllowedToReleaseEvents: config.strings('js7.journal.users-allowed-to-release-events'),
    trustedKeys: config.entries('js7.configuration.trusted-signature-keys'),
    users,
    userErrors: errors,
    auth: {
      public: config.boolean('js7.web.server.auth.public', false),
      loopbackIsPublic: config.boolean('js7.web.server.auth.loopback-is-public', false),
      getIsPublic: config.boolean('js7.web.server.auth.get-is-public', false),
      delayMs: config.duration('js7.web.server.auth.invalid-authentication-delay', 1000),
      sessionTimeoutMs: config.duration('js7.auth.session.timeout', 3_600_000),
    },
    https: readHttps(config, configDirectory),
    logPrefix: config.string('js7.log.prefix') ?? 'controller',
  };
}
