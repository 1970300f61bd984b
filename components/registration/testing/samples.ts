/** A registered pair and its draft, for tests alone. */
import type { JocAnswer, RegisterDraft, UrlTestAnswer } from '@/lib/contract/joc';
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { JocFacts } from '@/lib/domain/joc/joc';
import type { JocSays, JocView } from '@/lib/domain/joc/view';

export const AT = Date.UTC(2026, 10, 24, 12, 0, 0);
const fresh = { state: 'fresh', at: AT } as const;
const said = (value: string) => ({ key: 'ui.value', params: { value } });

export const sampleFacts: JocFacts = {
  url: 'http://joc:4446',
  version: '2.9.0',
  title: 'PRIMARY JOC COCKPIT',
  securityLevel: 'LOW',
  active: true,
  licence: { type: 'OPENSOURCE' },
  mayManage: 'yes',
  forceReasons: false,
  reasons: ['System maintenance', 'Repeat execution'],
  controllerIds: [],
  latencyMs: 4,
};
export const sampleJoc = (part: Partial<JocAnswer> = {}): JocAnswer => ({
  id: 'joc-1',
  name: 'joc',
  url: 'http://joc:4446',
  user: 'handover',
  hasPassword: true,
  hasClientKey: false,
  state: 'up',
  since: AT,
  facts: sampleFacts,
  clusters: ['billing'],
  ...part,
});

const says = (slot: Slot): JocSays => ({
  slot,
  freshness: fresh,
  registered: slot === 'primary' ? 'by-name' : 'not',
  as: slot === 'primary' ? said('Autonomous, “BILLING CONTROLLER”') : said('not registered; the name moves at a switch-over'),
  ...(slot === 'primary' && { caption: 'BILLING CONTROLLER', url: 'http://billing:4444' }),
  connection: slot === 'primary' ? 'established' : 'not-expected',
  component: slot === 'primary' ? 'operational' : 'not-running',
  proxy: slot === 'primary' ? 'follows' : 'not-expected',
  differs: [],
});
export const sampleJocView = (part: Partial<JocView> = {}): JocView => ({
  jocId: 'joc-1',
  name: 'joc',
  url: 'http://joc:4446',
  freshness: fresh,
  title: 'PRIMARY JOC COCKPIT',
  version: '2.9.0',
  securityLevel: 'LOW',
  active: true,
  licence: { type: 'OPENSOURCE' },
  mayManage: 'yes',
  component: 'operational',
  boxes: [
    {
      title: 'PRIMARY JOC COCKPIT',
      url: 'http://joc:4446',
      current: true,
      version: '2.9.0',
      securityLevel: 'LOW',
      component: { severity: 0, text: 'operational' },
      connection: { severity: 0, text: 'established' },
    },
  ],
  database: { dbms: 'PostgreSQL', version: '15.4', component: 'operational', connection: 'established' },
  registered: 'yes',
  follow: { kind: 'name', url: 'http://billing:4444', alias: 'billing', network: 'js7' },
  says: [says('primary'), says('secondary')],
  links: [
    { slot: 'primary', connection: 'established', label: said('established') },
    { slot: 'secondary', connection: 'not-registered', label: said('not registered') },
  ],
  drift: [
    { id: 'url', title: said('URL'), joc: said('http://billing:4444'), real: said('leads to the Primary'), verdict: 'same' },
    { id: 'proxy', title: said('Last event'), joc: said('2 s ago'), real: said('2 s ago'), verdict: 'same' },
  ],
  ...part,
});

export const sampleDraft = (part: Partial<RegisterDraft> = {}): RegisterDraft => ({
  jocs: [sampleJoc()],
  jocId: 'joc-1',
  view: sampleJocView({ registered: 'no', says: [], drift: [], links: [] }),
  controllerId: 'billing',
  live: 'primary',
  autonomous: { possible: true, note: said('The Primary is live.') },
  cluster: { possible: false, note: said('JOC Cockpit has no licence for a Controller cluster.') },
  ways: [
    { kind: 'name', possible: true, note: said('Both containers and JOC Cockpit are in network js7.') },
    { kind: 'front', possible: true, note: said('Needs a name of yours.') },
    { kind: 'update', possible: true, note: said('Works, with the defect.') },
  ],
  alias: { alias: 'billing', network: 'js7', url: 'http://billing:4444', carried: 'nobody' },
  urls: {
    primary: [{ url: 'http://js7-billing-primary:4444', why: said('its name in network js7') }],
    secondary: [{ url: 'http://js7-billing-secondary:4444', why: said('its name in network js7') }],
  },
  captions: { primary: 'PRIMARY CONTROLLER', secondary: 'SECONDARY CONTROLLER' },
  reasons: ['System maintenance'],
  forceReasons: false,
  notes: [said('Registering is not passive.')],
  ...part,
});
export const licensedDraft = (part: Partial<RegisterDraft> = {}): RegisterDraft =>
  sampleDraft({
    jocs: [sampleJoc({ facts: { ...sampleFacts, licence: { type: 'COMMERCIAL_VALID', validUntil: AT + 1e10 } } })],
    autonomous: { possible: false, note: said('This is a licensed cluster: register both.') },
    cluster: { possible: true, note: said('licence proved in JOC Cockpit and in both Controllers') },
    ...part,
  });
export const registeredDraft = (part: Partial<RegisterDraft> = {}): RegisterDraft =>
  sampleDraft({
    view: sampleJocView(),
    registered: { jocId: 'joc-1', follow: { kind: 'name', url: 'http://billing:4444', alias: 'billing', network: 'js7' } },
    ...part,
  });

export const tested = (url: string, joc: 'pass' | 'block' | 'warn' | 'unknown', part: Partial<UrlTestAnswer> = {}): UrlTestAnswer => ({
  url,
  at: AT,
  results: [
    {
      from: 'joc',
      result: joc,
      measured: said(joc === 'pass' ? 'Controller ID billing, 2.9.0, 11 ms' : 'JOC-405 ControllerNoResponseException'),
    },
    { from: 'handover', result: 'pass', measured: said('Controller ID billing') },
  ],
  why: joc === 'block' ? [said('JOC Cockpit runs in container js7-joc. There, localhost is that container itself.')] : [],
  accounts: [
    { user: 'JOC', result: 'pass', measured: said('accepted') },
    { user: 'History', result: 'pass', measured: said('accepted') },
  ],
  ...part,
});
