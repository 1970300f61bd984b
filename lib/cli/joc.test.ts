/** `handover joc`: what it says, by which exit code, and that nothing is sent without a yes. */
import { describe, expect, test } from 'vitest';
import type { JocDrift } from '../domain/joc/view';
import type { Api, Asked } from './api';
import { jocFollow, jocStatus } from './commands/joc';
import { EXIT, Stop } from './exit';
import type { Context } from './terminal';

const drift = (verdict: JocDrift['verdict']) => ({
  id: 'url',
  title: { key: 'joc.drift.url' },
  joc: { key: 'joc.drift.untold' },
  real: { key: 'joc.drift.untold' },
  verdict,
});
const view = (over: object = {}) => ({
  jocId: 'joc',
  name: 'JOC',
  url: 'http://joc:4446',
  freshness: { state: 'fresh', at: 1 },
  version: '2.9.0',
  component: 'operational',
  boxes: [],
  registered: 'yes',
  follow: { kind: 'update', urls: {} },
  says: [],
  links: [],
  drift: [drift('same')],
  ...over,
});

function at(joc: object | undefined, o: { answers?: readonly string[]; outcome?: string } = {}) {
  const sent: [string, unknown][] = [];
  const said: string[] = [];
  const left = [...(o.answers ?? [])];
  const api = {
    async ask(key: string, asked?: Asked) {
      if (key.startsWith('POST')) sent.push([key, asked?.input]);
      return key === 'GET /api/clusters'
        ? { data: [{ id: 'demo', name: 'Demo', ...(joc && { joc }) }] }
        : { outcome: o.outcome ?? 'proved', message: { key: 'reg.followed', params: { url: 'http://a:4444' } } };
    },
  } as unknown as Api;
  const context: Context = {
    json: false,
    api: () => api,
    terminal: {
      asks: o.answers !== undefined,
      out: (t) => void said.push(t),
      note: (t) => void said.push(t),
      question: async () => left.shift() ?? '',
    },
  };
  return { context, sent, said };
}
const code = async (run: Promise<number>): Promise<number> => run.catch((e: unknown) => (e instanceof Stop ? e.code : Promise.reject(e)));

describe('joc status', () => {
  test.each<[string, object | undefined, number, RegExp]>([
    ['all is well', view(), EXIT.ok, /Registered: yes, follows by update/],
    ['something differs', view({ drift: [{ ...drift('differs'), remedy: { key: 'joc.drift.untold' } }] }), EXIT.failed, /DIFFERS/],
    [
      'it stays behind',
      view({ toFollow: { slot: 'secondary', note: { key: 'joc.differs.proxy' } } }),
      EXIT.failed,
      /handover joc follow demo/,
    ],
    ['JOC does not answer', view({ freshness: { state: 'lost' }, error: { key: 'joc.link.unreachable' } }), EXIT.failed, /unreachable/],
    ['JOC does not know it', view({ registered: 'no' }), EXIT.failed, /Registered: no/],
    ['not registered by us', undefined, EXIT.failed, /not registered/],
  ])('%s', async (_what, joc, exit, words) => {
    const t = at(joc);
    expect(await code(jocStatus(t.context, 'demo'))).toBe(exit);
    expect(t.said.join('\n')).toMatch(words);
    expect(t.sent).toEqual([]);
  });
});

describe('joc follow', () => {
  test('asks, then sends the reason; proved is 0', async () => {
    const t = at(view(), { answers: ['y'] });
    expect(await code(jocFollow(t.context, 'demo', { reason: 'moved by hand', ticket: 'https://t/1', timeSpent: 5 }))).toBe(EXIT.ok);
    expect(t.sent).toEqual([
      ['POST /api/clusters/[id]/joc/follow', { audit: { comment: 'moved by hand', ticketLink: 'https://t/1', timeSpent: 5 } }],
    ]);
    expect(t.said.at(-1)).toContain('http://a:4444');
  });
  test('--may-interrupt is passed on; not proved is 1', async () => {
    const t = at(view(), { outcome: 'not-yet' });
    expect(await code(jocFollow(t.context, 'demo', { yes: true, mayInterrupt: true }))).toBe(EXIT.failed);
    expect(t.sent[0]?.[1]).toEqual({ audit: {}, mayInterrupt: true });
  });
  test.each([[['n']], [undefined]])('without a yes (%j) nothing is sent', async (answers) => {
    const t = at(view(), { ...(answers && { answers }) });
    expect(await code(jocFollow(t.context, 'demo', {}))).toBe(EXIT.usage);
    expect(t.sent).toEqual([]);
  });
});
