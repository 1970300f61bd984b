/** JournalId, AgentRunId, ClusterWatchRunId: a UUID in URL-safe base64 without padding, 22 characters (controller-api 0.1). */
import { randomBytes, randomUUID } from 'node:crypto';

export function newRunId(): string {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
}

/** 24 characters, as a session token carries behind its number (recording 09/017). */
export function newSecret(): string {
  return randomBytes(18).toString('base64url');
}
