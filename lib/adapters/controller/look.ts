import 'server-only';
import type { ControllerFacts, NodeAnswer, Overview } from '../../domain/controller/controller';
import type { Problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { readJournalId, readJournalInfo, readNodeState, readOverview } from './answers';
import type { Http } from './http';
import { codeOf, oddProblem, refusalProblem } from './refusals';
import type { Session } from './session';

const LOOK_MS = 3000;
const READY_MS = 1500;
/** NoOperation is the documented readiness probe (controller-api.md 1.0.5): a command without effect. Asked rarely all the same. */
const ASK_READY_EVERY_MS = 5000;
const MAX_HEADER_BYTES = 16 * 1024;

/** What is asked of one Controller. Holds what need not be asked each time: lineage, readiness, and what the last full look found. */
/** `notReadyMs`: how soon it is asked again while it is not ready. */
export function createLook(http: Http, session: Session, now: () => number, notReadyMs = 1000) {
  let startedAt: number | undefined;
  let journalId: string | undefined;
  let ready: { value: boolean | 'unknown'; at: number } | undefined;
  let last: Pick<ControllerFacts, 'overview' | 'node' | 'ready'> | undefined;

  function forget() {
    journalId = undefined;
    ready = undefined;
    last = undefined;
  }

  async function journalInfo() {
    const begun = performance.now();
    const a = await http.ask({ path: '/controller/api/journalInfo', limitMs: LOOK_MS });
    if (!a.ok) return a;
    if (a.value.status !== 200) return err(refusalProblem(a.value, http.where));
    const info = readJournalInfo(a.value.text);
    return info
      ? ok({ info, latencyMs: Math.round((performance.now() - begun) * 10) / 10 })
      : err(oddProblem(a.value, http.where, 'journalInfo'));
  }

  async function overview(signal: AbortSignal): Promise<Overview | 'hanging' | Problem> {
    const a = await http.ask({ path: '/controller/api', limitMs: LOOK_MS, signal });
    if (!a.ok) return a.error.code === 'CONTROLLER_TIMEOUT' ? 'hanging' : a.error;
    if (a.value.status !== 200) return refusalProblem(a.value, http.where);
    return readOverview(a.value.text) ?? oddProblem(a.value, http.where, 'the Overview');
  }

  async function node(signal: AbortSignal): Promise<NodeAnswer> {
    const a = await session.ask({ path: '/controller/api/cluster?return=ClusterNodeState', limitMs: LOOK_MS, signal });
    if (!a.ok) return a.error.code === 'CONTROLLER_TIMEOUT' ? { kind: 'waiting' } : { kind: 'failed', error: a.error };
    if (a.value.status === 200) {
      const state = readNodeState(a.value.text);
      return state ? { kind: 'state', state } : { kind: 'failed', error: oddProblem(a.value, http.where, 'the node state') };
    }
    const code = codeOf(a.value);
    if (code === 'BackupClusterNodeNotAppointed') return { kind: 'not-appointed' };
    if (code === 'ClusterNodeIsNotReady' || code === 'WebServiceStillNotAvailable') return { kind: 'not-ready' };
    const error = refusalProblem(a.value, http.where);
    const refused = session.refused();
    if (a.value.status === 401 && refused) return { kind: 'failed', error: refused };
    return error.code === 'CONTROLLER_LOGIN_NEEDED' ? { kind: 'login-needed' } : { kind: 'failed', error };
  }

  async function askReady(n: NodeAnswer): Promise<boolean | 'unknown'> {
    if (n.kind !== 'state') return n.kind === 'not-ready' || n.kind === 'not-appointed' ? false : 'unknown';
    if (!isActive(n)) return false;
    const every = ready?.value === true ? ASK_READY_EVERY_MS : notReadyMs;
    if (ready && now() - ready.at < every) return ready.value;
    const a = await session.ask({ method: 'POST', path: '/controller/api/command', json: { TYPE: 'NoOperation' }, limitMs: READY_MS });
    const value = !a.ok ? 'unknown' : a.value.status === 200 ? true : a.value.status === 401 || a.value.status === 403 ? 'unknown' : false;
    ready = { value, at: now() };
    return value;
  }

  /** First line of the newest journal file: the lineage. The file may be a gigabyte, so the stream is left at once. */
  async function askJournalId(fileEventId: number): Promise<string | undefined> {
    const token = await session.token();
    const r = await http.open({
      path: `/controller/api/journal?file=${fileEventId}&position=0&timeout=0`,
      accept: 'application/x-ndjson, application/json;q=0.9',
      limitMs: LOOK_MS,
      idleMs: LOOK_MS,
      token: token.ok ? token.value : undefined,
    });
    if (!r.ok) return undefined;
    let text = '';
    try {
      for await (const chunk of r.value.body as AsyncIterable<Buffer>) {
        text += chunk.toString('utf8');
        if (text.includes('\n') || text.length > MAX_HEADER_BYTES) break;
      }
    } catch {
      return undefined;
    } finally {
      r.value.body.on('error', () => {}).destroy();
    }
    return r.value.status === 200 ? readJournalId(text.split('\n', 1)[0] ?? '') : undefined;
  }

  return {
    /** See ControllerClient.look. */
    async look(o: { full: boolean }): Promise<Result<ControllerFacts>> {
      const leave = new AbortController();
      const full = o.full || last === undefined;
      const rest = full ? Promise.all([overview(leave.signal), node(leave.signal)]) : undefined;
      const journal = await journalInfo();
      if (!journal.ok) {
        leave.abort();
        await rest;
        forget();
        return journal;
      }
      if (rest) {
        const [o1, n1] = await rest;
        if (typeof o1 === 'object' && 'startedAt' in o1 && o1.startedAt !== startedAt) {
          if (startedAt !== undefined) {
            forget();
            session.forget();
          }
          startedAt = o1.startedAt;
        }
        const newest = journal.value.info.files.at(-1);
        const [r1, id] = await Promise.all([
          askReady(n1),
          n1.kind === 'state' && newest && journalId === undefined ? askJournalId(newest.fileEventId) : journalId,
        ]);
        journalId = id;
        last = { overview: o1, node: n1, ready: r1 };
      }
      const secure = http.where.url.startsWith('https:');
      return ok({
        url: http.where.url,
        journal: journal.value.info,
        ...(journalId !== undefined && { journalId }),
        ...(last as NonNullable<typeof last>),
        tls: secure ? (http.where.hasClientCertificate ? 'mutual' : 'server') : 'none',
        latencyMs: journal.value.latencyMs,
      });
    },
  };
}

/** controller-api.md 1.2: active iff state Empty and not a backup, or the setting names this node. */
function isActive(n: NodeAnswer & { kind: 'state' }): boolean {
  const { clusterState: c, isBackup, nodeId } = n.state;
  return c.type === 'Empty' ? !isBackup : c.activeId === nodeId;
}
