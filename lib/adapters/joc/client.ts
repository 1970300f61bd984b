import 'server-only';
import type { JocAudit } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import type { JocClient, OpenJoc } from '../../ports/joc';
import { isDone, readTested } from './answers';
import { followEvents } from './follow';
import { createHttp } from './http';
import { ASKING_MS, createLook, readAnswer } from './look';
import { createSession } from './session';

/** A change may be held up by another Controller that refuses JOC's password: 25 s were seen (joc-proved N8). */
const CHANGE_MS = 30_000;

/** Opens a client; connects and logs in at the first question. A broken address or key is told by each method, never thrown. */
export const openJoc: OpenJoc = (settings) => {
  const opened = createHttp(settings);
  if (!opened.ok) {
    const failed = async () => opened;
    return { look: failed, see: failed, test: failed, register: failed, unregister: failed, follow: failed, close: async () => {} };
  }
  const http = opened.value;
  const session = createSession(http, settings);
  const { look, see } = createLook(http, session, Date.now);
  const change = async (path: string, body: object): Promise<Result<void>> => {
    const done = readAnswer(await session.ask({ path, body, limitMs: CHANGE_MS }), http.url, (text) => isDone(text) || undefined);
    return done.ok ? ok(undefined) : err(done.error);
  };

  const client: JocClient = {
    look,
    see,
    async test({ url, controllerId }) {
      const a = await session.ask({ path: 'controller/test', body: { controllerId, url }, limitMs: ASKING_MS });
      const found = readAnswer(a, http.url, readTested);
      return found.ok ? ok({ controllerId: found.value }) : found;
    },
    register: ({ controllerId = '', nodes, forceFailoverConfirmation, audit }) =>
      change('controller/register', {
        controllerId,
        controllers: nodes,
        ...(forceFailoverConfirmation !== undefined && { forceFailoverConfirmation }),
        ...auditOf(audit),
      }),
    unregister: (controllerId, audit) => change('controller/unregister', { controllerId, ...auditOf(audit) }),
    follow: (o) => followEvents(session, http.url, o),
    async close() {
      await session.end();
      await http.close();
    },
  };
  return client;
};

const auditOf = (audit: JocAudit): { auditLog?: JocAudit } => (Object.keys(audit).length > 0 ? { auditLog: audit } : {});
