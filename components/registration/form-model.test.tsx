import { describe, expect, test } from 'vitest';
import { RegisterInput } from '@/lib/contract/joc';
import { type Form, formOf, inputOf, nameToGive, targetsOf, withHost, wrongOf } from './form-model';
import { failing, reached, resultOf, untested } from './test-model';
import { licensedDraft, registeredDraft, sampleDraft, sampleFacts, sampleJoc, sampleJocView, tested } from './testing/samples';
import { jocTrouble, needOf, saidOfForm, saidOfRegistered } from './verdict-model';

const form = (part: Partial<Form> = {}, draft = sampleDraft()): Form => ({ ...formOf(draft), ...part });
const cluster = (part: Partial<Form> = {}) => form({ type: 'cluster', ...part }, licensedDraft());
const key = (of: { title: { key: string } } | undefined) => of?.title.key;

describe('the form begins with', () => {
  test('the stable name; the cluster only where nothing else is possible', () => {
    expect(formOf(licensedDraft({ autonomous: { possible: true, note: { key: 'ui.value' } } })).type).toBe('autonomous');
    expect(form()).toMatchObject({ type: 'autonomous', way: 'name', alias: 'billing', nameUrl: 'http://billing:4444' });
    expect(formOf(licensedDraft())).toMatchObject({ type: 'cluster', urls: { primary: 'http://js7-billing-primary:4444' } });
  });
  test('the first way that is possible', () => {
    const ways = sampleDraft().ways.map((way) => ({ ...way, possible: way.kind !== 'name' }));
    expect(formOf(sampleDraft({ ways })).way).toBe('front');
  });
  test('what is registered, with its captions and spellings', () => {
    expect(formOf(registeredDraft()).captions.live).toBe('BILLING CONTROLLER');
    const follow = { kind: 'update', urls: { primary: ['http://a:1', 'http://10.0.0.1:1'], secondary: ['http://b:1'] } } as const;
    const updating = formOf(registeredDraft({ registered: { jocId: 'joc-1', follow } }));
    expect(updating).toMatchObject({
      way: 'update',
      urls: { primary: 'http://a:1', secondary: 'http://b:1' },
      others: { primary: 'http://10.0.0.1:1' },
    });
  });
});

test.each<[string, Partial<Form>, [string, string][]]>([
  ['all well', {}, []],
  [
    'no alias',
    { alias: '' },
    [
      ['alias', 'alias'],
      ['url.live', 'alias.url'],
    ],
  ],
  [
    'an alias that is none',
    { alias: 'not a host' },
    [
      ['alias', 'alias'],
      ['url.live', 'alias.url'],
    ],
  ],
  ['a URL that names something else', { nameUrl: 'http://other:4444' }, [['url.live', 'alias.url']]],
  ['a URL with a path', { nameUrl: 'http://billing:4444/controller' }, [['url.live', 'url.bad']]],
  ['no network', { network: ' ' }, [['network', 'network']]],
  ['front without URL', { way: 'front' }, [['url.live', 'url.missing']]],
  [
    'letters that JOC refuses',
    { comment: '<b>', ticket: '>', captions: { live: 'a<b', primary: '', secondary: '' } },
    [
      ['caption.live', 'letters'],
      ['comment', 'letters'],
      ['ticket', 'letters'],
    ],
  ],
  ['minutes that are none', { timeSpent: '1.5' }, [['timeSpent', 'minutes']]],
  ['the same URL twice', { way: 'update', urls: { primary: 'http://a:1', secondary: 'http://a:1 ' } }, [['url.secondary', 'url.same']]],
])('what is wrong: %s', (_, part, wrong) => expect([...wrongOf(form(part), false)]).toEqual(wrong));

test('a reason is wanted only where JOC wants one', () => {
  expect(wrongOf(form(), false).size).toBe(0);
  expect([...wrongOf(form(), true)]).toEqual([['comment', 'reason']]);
  expect(wrongOf(form({ comment: 'new pair' }), true).size).toBe(0);
});

describe('what is sent fits the contract', () => {
  const parsed = (f: Form) => RegisterInput.parse(inputOf(f, 'joc-1'));
  test('stable name', () => {
    expect(parsed(form({ mayInterrupt: true, comment: ' new ', timeSpent: '10', ticket: 'CHG-1' }))).toEqual({
      type: 'autonomous',
      jocId: 'joc-1',
      follow: { kind: 'name', url: 'http://billing:4444', alias: 'billing', network: 'js7' },
      caption: 'STANDALONE CONTROLLER',
      mayInterrupt: true,
      audit: { comment: 'new', timeSpent: 10, ticketLink: 'CHG-1' },
    });
  });
  test('a name kept outside, without empty fields', () => {
    expect(parsed(form({ way: 'front', frontUrl: ' http://dns:4444', captions: { live: '', primary: '', secondary: '' } }))).toEqual({
      type: 'autonomous',
      jocId: 'joc-1',
      follow: { kind: 'front', url: 'http://dns:4444' },
      audit: {},
    });
  });
  test('updates: each spelling once', () => {
    const urls = { primary: 'http://a:1', secondary: 'http://b:1' };
    expect(parsed(form({ way: 'update', urls, others: { primary: 'http://10.0.0.1:1', secondary: 'http://b:1' } }))).toMatchObject({
      follow: { kind: 'update', primaryUrls: ['http://a:1', 'http://10.0.0.1:1'], secondaryUrls: ['http://b:1'] },
    });
  });
  test('a cluster', () => {
    const sent = parsed(cluster({ forceConfirmation: true, peers: { primary: '', secondary: 'http://s:4444' } }));
    expect(sent).toMatchObject({
      type: 'cluster',
      primary: { url: 'http://js7-billing-primary:4444', caption: 'PRIMARY CONTROLLER' },
      secondary: { url: 'http://js7-billing-secondary:4444', clusterUrl: 'http://s:4444' },
      forceFailoverConfirmation: true,
    });
    expect(sent).not.toHaveProperty('primary.clusterUrl');
  });
});

describe('from where a URL has to work', () => {
  test('a cluster: JOC and the other Controller, each its own where two are given', () => {
    expect(targetsOf(cluster(), licensedDraft()).map(({ field, from }) => [field, from])).toEqual([
      ['url.primary', ['joc', 'secondary']],
      ['url.secondary', ['joc', 'primary']],
    ]);
    expect(
      targetsOf(cluster({ peers: { primary: 'http://p:4444', secondary: '' } }), licensedDraft()).map(({ field, from }) => [field, from]),
    ).toEqual([
      ['url.primary', ['joc']],
      ['peer.primary', ['secondary']],
      ['url.secondary', ['joc', 'primary']],
    ]);
  });
  test('what is no address is not tested', () => expect(targetsOf(form({ nameUrl: 'billing' }), sampleDraft())).toEqual([]));
  test('only the places that use it count', () => {
    const [target] = targetsOf(form({ way: 'front', frontUrl: 'http://x:1' }), sampleDraft());
    if (!target) throw new Error('no target');
    const answer = tested('http://x:1', 'pass');
    const tests = {
      'live http://x:1': {
        busy: false,
        answer: { ...answer, results: answer.results.map((r) => (r.from === 'handover' ? { ...r, result: 'block' as const } : r)) },
      },
    };
    expect(resultOf(target, tests)).toBe('pass');
    expect([reached([target], tests), failing([target], tests), untested([target], tests)]).toEqual([{ works: 1, of: 1 }, [], []]);
    expect(untested(targetsOf(form({ way: 'front', frontUrl: 'http://y:1' }), sampleDraft()), tests)).toHaveLength(1);
  });
});

test('an instance that does not run as wanted cannot answer: its URLs keep nothing back', () => {
  const updating = form({ way: 'update', oneSpelling: true });
  const url = 'http://js7-billing-secondary:4444';
  const tests = { [`secondary ${url}`]: { busy: false, answer: tested(url, 'block') } };
  expect(targetsOf(updating, sampleDraft()).map(({ which, notYet }) => [which, notYet])).toEqual([
    ['primary', undefined],
    ['secondary', 'stopped'],
  ]);
  expect(failing(targetsOf(updating, sampleDraft()), tests)).toEqual([]);
  expect(failing(targetsOf(updating, sampleDraft({ live: 'secondary' })), tests)).toHaveLength(1);
  expect(needOf(sampleDraft(), updating, tests, WELL)).toBeUndefined();
});

test('one spelling of an address is asked for: JOC Cockpit would stick', () => {
  const two = { primary: 'http://p.js7:4444', secondary: 'http://s.js7:4444' };
  const need = (part: Partial<Form>) => needOf(sampleDraft(), form({ way: 'update', ...part }), {}, WELL);
  expect(need({ others: two })).toBeUndefined();
  expect(need({ others: { ...two, secondary: '' } })).toBe('spelling');
  expect(need({ others: { ...two, primary: `${form().urls.primary}/` } })).toBe('spelling');
  expect(need({ others: { primary: '', secondary: '' }, oneSpelling: true })).toBeUndefined();
  const spelt = sampleDraft({ urls: { primary: [...sampleDraft().urls.primary, { url: two.primary, why: { key: 'k' } }], secondary: [] } });
  expect(formOf(spelt).others.primary).toBe(two.primary);
});

test('a name has to be given unless the live one carries it', () => {
  const carried = (by: 'primary' | 'secondary' | 'nobody' | undefined) => {
    const { carried: _, ...alias } = sampleDraft().alias ?? { alias: '', network: '', url: '' };
    return sampleDraft({ alias: { ...alias, ...(by && { carried: by }) } });
  };
  const given = (d = sampleDraft(), f = form()) => nameToGive(f, d);
  expect([given(), given(carried('secondary')), given(carried('primary')), given(carried(undefined))]).toEqual([
    'yes',
    'yes',
    'no',
    'unknown',
  ]);
  expect(given(carried('primary'), form({ alias: 'other' }))).toBe('yes');
  expect(given(carried('nobody'), form({ way: 'front' }))).toBe('no');
});

describe('the verdict', () => {
  const fails = {
    'live http://x:1': {
      busy: false,
      answer: tested('http://x:1', 'block', { better: { url: 'http://y:1', why: { key: 'ui.value' }, tested: 'pass' } }),
    },
  };
  const outside = form({ way: 'front', frontUrl: 'http://x:1' });
  test.each<[string, string | undefined, string | undefined]>([
    ['none', key(jocTrouble(sampleDraft({ jocs: [] }))), 'ui.reg.v.none'],
    ['silent', key(jocTrouble(sampleDraft({ jocs: [sampleJoc({ state: 'down' })] }))), 'ui.reg.v.silent'],
    ['standby', key(jocTrouble(sampleDraft({ jocs: [sampleJoc({ facts: { ...sampleFacts, active: false } })] }))), 'ui.reg.v.standby'],
    [
      'forbidden',
      key(jocTrouble(sampleDraft({ jocs: [sampleJoc({ facts: { ...sampleFacts, mayManage: 'no' } })] }))),
      'ui.reg.v.forbidden',
    ],
    [
      '4 eyes is no trouble before it is tried',
      key(jocTrouble(sampleDraft({ jocs: [sampleJoc({ facts: { ...sampleFacts, mayManage: 'approval' } })] }))),
      undefined,
    ],
    ['a URL that JOC cannot reach', key(saidOfForm(sampleDraft(), outside, fails, false)), 'ui.reg.v.unreached'],
    ['testing', key(saidOfForm(sampleDraft(), outside, { 'live http://x:1': { busy: true } }, false)), 'ui.reg.v.testing'],
    ['something missing', key(saidOfForm(sampleDraft(), form({ way: 'front' }), {}, false)), 'ui.reg.v.missing'],
    [
      'a name that is still to be given cannot fail',
      key(
        saidOfForm(
          sampleDraft(),
          form(),
          { 'live http://billing:4444': { busy: false, answer: tested('http://billing:4444', 'block') } },
          false,
        ),
      ),
      'ui.reg.v.ready.named',
    ],
    ['ready', key(saidOfForm(sampleDraft(), outside, {}, false)), 'ui.reg.v.ready'],
    [
      'neither type',
      key(saidOfForm(sampleDraft({ autonomous: { possible: false, note: { key: 'ui.value' } } }), outside, {}, false)),
      'ui.reg.v.impossible',
    ],
    ['well', key(saidOfRegistered(registeredDraft(), sampleJocView())), 'ui.reg.v.well'],
    ['unregistered by somebody', key(saidOfRegistered(registeredDraft(), sampleJocView({ registered: 'no' }))), 'ui.reg.v.gone'],
    ['JOC is silent', key(saidOfRegistered(registeredDraft(), sampleJocView({ freshness: { state: 'lost' } }))), 'ui.reg.v.silent'],
    [
      'not followed',
      key(saidOfRegistered(registeredDraft(), sampleJocView({ toFollow: { slot: 'secondary', note: { key: 'ui.value' } } }))),
      'ui.reg.v.behind',
    ],
    ['no proof', key(saidOfRegistered(registeredDraft(), sampleJocView({ says: [] }))), 'ui.reg.v.unproved'],
  ])('%s', (_, is, wanted) => expect(is).toBe(wanted));
  test('a failing field is led to, and the better URL is promised only where it was tried', () => {
    const said = saidOfForm(sampleDraft(), outside, fails, false);
    expect(said).toMatchObject({
      tone: 'bad',
      why: { key: 'ui.reg.v.unreached.why.better', params: { works: 0, of: 1 } },
      action: { field: 'url.live' },
    });
  });
});

const WELL = { may: true, licensed: false };
const REFUSED = {
  'live http://billing:4444': {
    busy: false,
    answer: tested('http://billing:4444', 'pass', {
      accounts: [{ user: 'JOC' as const, result: 'warn' as const, measured: { key: 'ui.value' } }],
    }),
  },
};
test.each<[string, Parameters<typeof needOf>, string | undefined]>([
  ['a word for the licence', [licensedDraft(), cluster(), {}, WELL], 'licence'],
  ['nothing: the licence is proved', [licensedDraft(), cluster(), {}, { may: true, licensed: true }], undefined],
  ['nothing: a person gave the word', [licensedDraft(), cluster({ controllersLicensed: true }), {}, WELL], undefined],
  ['a word for JOC’s password', [sampleDraft(), form({ mayInterrupt: true }), REFUSED, WELL], 'passwords'],
  ['nothing: JOC was given another one', [sampleDraft(), form({ mayInterrupt: true, otherPasswords: true }), REFUSED, WELL], undefined],
  ['not an admin', [sampleDraft(), form(), {}, { may: false, licensed: false }], 'role'],
  ['JOC is silent', [sampleDraft({ jocs: [sampleJoc({ state: 'down' })] }), form(), {}, WELL], 'joc'],
  ['no licence', [sampleDraft(), form({ type: 'cluster' }), {}, WELL], 'type'],
  ['a way that is not possible', [sampleDraft({ ways: [] }), form(), {}, WELL], 'way'],
  ['a field', [sampleDraft(), form({ way: 'front' }), {}, WELL], 'fields'],
  ['a person’s word for the interruption', [sampleDraft(), form(), {}, WELL], 'interrupt'],
  ['a reason', [sampleDraft({ forceReasons: true }), form({ mayInterrupt: true }), {}, WELL], 'reason'],
  ['nothing', [sampleDraft(), form({ mayInterrupt: true }), {}, WELL], undefined],
  ['nothing: nobody lives, so nothing is interrupted', [(({ live: _, ...d }) => d)(sampleDraft()), form(), {}, WELL], undefined],
])('what keeps it from being sent: %s', (_, args, need) => expect(needOf(...args)).toBe(need));

test('another host in an address', () => {
  expect(withHost('http://a:4444', 'b')).toBe('http://b:4444');
  expect(withHost('https://a', 'b.c')).toBe('https://b.c');
  expect(withHost('', 'b')).toBe('');
});
