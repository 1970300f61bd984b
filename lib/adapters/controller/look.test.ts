import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControllerFacts } from '../../domain/controller/controller';
import type { ControllerClient } from '../../ports/controller';
import { openController } from './client';
import { type Double, double, HEADER, JOURNAL_INFO, json, NODE_STATE, OVERVIEW, problemAnswer, text } from './controller.double';

let server: Double;
let client: ControllerClient;
beforeEach(async () => {
  server = await double();
  client = openController({ url: server.url });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

async function facts(c = client): Promise<ControllerFacts> {
  const r = await c.look();
  if (!r.ok) throw new Error(JSON.stringify(r.error));
  return r.value;
}

describe('a look at a living Controller', () => {
  it('reads the active standalone one as recorded', async () => {
    expect(await facts()).toMatchObject({
      url: server.url,
      journal: { lastEventId: 1795476437782001, tornEventId: 0, files: [{ fileEventId: 0, position: 707 }] },
      journalId: 'eYNA5rePTv-AYmGjLp49GA',
      overview: {
        controllerId: 'Controller',
        version: '2.9.1',
        startedAt: 1795476432134,
        initiallyStartedAt: 1795476436078,
        orderCount: 0,
        javaVersion: '17.0.15+6',
      },
      node: { kind: 'state', state: { nodeId: 'Primary', isBackup: false, clusterState: { type: 'Empty', name: 'Empty' } } },
      ready: true,
      tls: 'none',
    });
  });

  it('reads a coupled node with its setting', async () => {
    const setting = { idToUri: { Primary: 'http://p', Backup: 'http://b' }, activeId: 'Backup', timing: {}, clusterWatchId: 'WATCH' };
    server.answers['/controller/api/cluster'] = json({ ...NODE_STATE, clusterState: { TYPE: 'Coupled', setting } });
    const f = await facts();
    expect(f.node).toMatchObject({
      state: { clusterState: { type: 'Coupled', activeId: 'Backup', clusterWatchId: 'WATCH', idToUri: { Primary: 'http://p' } } },
    });
    expect(f.ready).toBe(false);
    expect(server.seen.filter((s) => s.startsWith('POST'))).toEqual([]);
  });

  it('keeps an unknown cluster state by its name', async () => {
    server.answers['/controller/api/cluster'] = json({
      ...NODE_STATE,
      clusterState: { TYPE: 'QuantumCoupled', setting: { activeId: 'Primary' } },
    });
    expect((await facts()).node).toMatchObject({ kind: 'state', state: { clusterState: { type: 'unknown', name: 'QuantumCoupled' } } });
  });

  it('does not wait for ever for an Overview that hangs', async () => {
    server.answers['/controller/api'] = () => {};
    server.answers['/controller/api/cluster'] = () => {};
    const f = await facts();
    expect(f.overview).toBe('hanging');
    expect(f.node).toEqual({ kind: 'waiting' });
    expect(f.ready).toBe('unknown');
    expect(f.journal.lastEventId).toBe(1795476437782001);
  });

  it('knows an unappointed backup and a node that is not ready', async () => {
    server.answers['/controller/api/journalInfo'] = json({ lastEventId: 0, tornEventId: 0, journalFiles: [] });
    server.answers['/controller/api/cluster'] = problemAnswer('BackupClusterNodeNotAppointed', 503);
    expect(await facts()).toMatchObject({ node: { kind: 'not-appointed' }, ready: false });
    server.answers['/controller/api/cluster'] = problemAnswer('ClusterNodeIsNotReady', 503);
    expect(await facts()).toMatchObject({ node: { kind: 'not-ready' }, ready: false });
  });

  it('lists a file once that journalInfo tells twice', async () => {
    server.answers['/controller/api/journalInfo'] = json({
      ...JOURNAL_INFO,
      journalFiles: [
        { fileEventId: 9, position: 5 },
        { fileEventId: 2, position: 7 },
        { fileEventId: 9, position: 6 },
      ],
    });
    expect((await facts()).journal.files).toEqual([
      { fileEventId: 2, position: 7 },
      { fileEventId: 9, position: 6 },
    ]);
  });

  it('reads the lineage once per start, and leaves a journal file of any size after its first line', async () => {
    let sent = 0;
    server.answers['/controller/api/journal'] = (_q, res) => {
      res.writeHead(200, { 'content-type': 'application/x-ndjson' });
      res.write(`${HEADER}\n`);
      const chunk = 'x'.repeat(64 * 1024);
      const more = () => {
        while (!res.destroyed && sent < 1e9 && res.write(chunk)) sent += chunk.length;
        if (!res.destroyed) res.once('drain', more);
      };
      more();
    };
    expect((await facts()).journalId).toBe('eYNA5rePTv-AYmGjLp49GA');
    await facts();
    const reads = () => server.seen.filter((s) => s.includes('/journal?')).length;
    expect(reads()).toBe(1);
    expect(sent).toBeLessThan(50e6);
    server.answers['/controller/api'] = json({ ...OVERVIEW, startedAt: OVERVIEW.startedAt + 1 });
    server.answers['/controller/api/journal'] = text(`${HEADER.replace('eYNA5', 'OTHER')}\n`, 200, 'application/x-ndjson');
    expect((await facts()).journalId).toBe('OTHERrePTv-AYmGjLp49GA');
    expect(reads()).toBe(2);
  });

  it('asks for readiness rarely', async () => {
    for (let i = 0; i < 5; i++) await facts();
    expect(server.seen.filter((s) => s.startsWith('POST'))).toHaveLength(1);
  });

  it('asks journalInfo alone in a light look', async () => {
    await facts();
    server.seen.length = 0;
    const r = await client.look({ full: false });
    expect(r).toMatchObject({ ok: true, value: { node: { kind: 'state' }, ready: true } });
    expect(server.seen).toEqual(['GET /controller/api/journalInfo']);
  });
});

describe('accounts', () => {
  const needsToken =
    (token: string, then: (typeof server.answers)[string]) =>
    (req: Parameters<typeof then>[0], res: Parameters<typeof then>[1], body: string) =>
      req.headers['x-js7-session'] === token
        ? then(req, res, body)
        : text('The resource requires authentication, which was not supplied with the request', 401)(req, res, body);

  it('sees without an account what is open, and says that the rest needs a login', async () => {
    server.answers['/controller/api/cluster'] = needsToken('1,t', json(NODE_STATE));
    const f = await facts();
    expect(f).toMatchObject({ node: { kind: 'login-needed' }, ready: 'unknown', overview: { controllerId: 'Controller' } });
    expect(await client.checkAccess()).toMatchObject({ ok: false, error: { code: 'CONTROLLER_LOGIN_NEEDED' } });
  });

  it('logs in once for all, and once more when the session has ended', async () => {
    let n = 0;
    server.answers['/controller/api/session'] = (req, res, body) => {
      expect(JSON.parse(body)).toMatchObject({ TYPE: 'Login', userAndPassword: { userId: 'u', password: 'p' } });
      n += 1;
      json({ TYPE: 'LoggedIn', sessionToken: `${n},t`, js7Version: '2.9.0' })(req, res, body);
    };
    server.answers['/controller/api/cluster'] = (req, res, body) =>
      req.headers['x-js7-session'] === `${Math.max(n, wanted)},t`
        ? json(NODE_STATE)(req, res, body)
        : problemAnswer('InvalidSessionToken', 403)(req, res, body);
    let wanted = 1;
    const c = openController({ url: server.url, user: 'u', password: 'p' });
    expect((await facts(c)).node.kind).toBe('state');
    await facts(c);
    expect(n).toBe(1);
    wanted = 2;
    expect((await facts(c)).node.kind).toBe('state');
    expect(n).toBe(2);
    expect(await c.checkAccess()).toEqual({ ok: true, value: 'account' });
    await c.close();
  });

  it('tries a wrong password once, and again only after a new start of the Controller', async () => {
    server.answers['/controller/api/session'] = problemAnswer('InvalidLogin', 401);
    server.answers['/controller/api/cluster'] = needsToken('1,t', json(NODE_STATE));
    const c = openController({ url: server.url, user: 'u', password: 'secret-word' });
    const tries = () => server.seen.filter((s) => s.includes('/session')).length;
    for (let i = 0; i < 3; i++) {
      const f = await facts(c);
      expect(f.node).toMatchObject({ kind: 'failed', error: { code: 'CONTROLLER_LOGIN_REFUSED' } });
      expect(JSON.stringify(f)).not.toContain('secret-word');
    }
    expect(await c.checkAccess()).toMatchObject({ ok: false, error: { code: 'CONTROLLER_LOGIN_REFUSED' } });
    expect(tries()).toBe(1);
    server.answers['/controller/api'] = json({ ...OVERVIEW, startedAt: OVERVIEW.startedAt + 1 });
    await facts(c);
    server.answers['/controller/api/session'] = json({ TYPE: 'LoggedIn', sessionToken: '1,t' });
    expect((await facts(c)).node.kind).toBe('state');
    expect(tries()).toBe(2);
    await c.close();
  });

  it('tells a missing permission from an ended session by the code', async () => {
    server.answers['/controller/api/cluster'] = problemAnswer('UserDoesNotHavePermission', 403);
    expect((await facts()).node).toMatchObject({ kind: 'failed', error: { code: 'CONTROLLER_FORBIDDEN' } });
  });
});

describe('ShutDown', () => {
  it('is sent as a command, and a 503 may be an end as well', async () => {
    expect((await client.shutDown()).ok).toBe(true);
    expect(server.seen).toEqual(['POST /controller/api/command']);
    server.answers['/controller/api/command'] = problemAnswer('BackupClusterNodeNotAppointed', 503);
    expect((await client.shutDown()).ok).toBe(true);
    server.answers['/controller/api/command'] = text('The resource requires authentication', 401);
    expect(await client.shutDown()).toMatchObject({ ok: false, error: { code: 'CONTROLLER_LOGIN_NEEDED' } });
  });
});
