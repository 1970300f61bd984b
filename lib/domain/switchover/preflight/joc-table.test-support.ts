/** The rows of JOC Cockpit (table.test-support.ts). */
import type { Instance } from '../../instance/instance';
import { jocFacts, jocNode } from '../../joc/samples.test-support';
import { never } from '../../reading';
import type { Verdict } from './check';
import { BY_NAME, type Change, failed, joc, read, s } from './facts.test-support';

const of = (...o: Parameters<typeof joc>): Change => ({ all: { joc: joc(...o) } });
const FRONT = { kind: 'front', url: 'http://front:1' } as const;
const network = (name: string, ...aliases: string[]): Partial<Instance> => ({ networks: [{ network: name, aliases }] });
const oneHost: Change = { target: { ref: { engineId: 'a', name: 'js7-s' } } };
const here = (target: Partial<Instance>, o: Parameters<typeof joc>[0] = {}): Change => ({
  all: { joc: joc({ follow: BY_NAME, ...o }) },
  target: { ...oneHost.target, container: s({ name: 'js7-s', ...target }) },
});

export const JOC_TABLE: readonly (readonly [id: string, verdict: Verdict, change: Change, text: string])[] = [
  ['joc', 'pass', {}, 'joc answers, version 2.9.0.'],
  ['joc', 'pass', { all: { joc: read('none') } }, 'Does not apply: no JOC Cockpit follows this cluster, so nobody is told.'],
  ['joc', 'warn', of({ sees: failed('Connection refused.') }), 'joc does not answer: Connection refused.'],
  ['joc', 'warn', of({ facts: failed('Login refused.') }), 'joc does not answer: Login refused.'],
  ['joc', 'warn', of({ facts: never }), 'joc does not tell.'],
  ['joc-active', 'pass', {}, 'joc is the active one.'],
  ['joc-active', 'pass', { all: { joc: read('none') } }, 'No JOC Cockpit follows this cluster.'],
  ['joc-active', 'pass', of({ follow: FRONT, facts: failed() }), 'Nothing is changed in JOC Cockpit: its registered address stays.'],
  ['joc-active', 'warn', of({ facts: read(jocFacts({ active: false })) }), 'joc is a standby: it will refuse to change the registration.'],
  ['joc-active', 'warn', of({ facts: failed() }), 'joc does not tell.'],
  ['joc-permission', 'pass', {}, 'It may manage Controllers.'],
  ['joc-permission', 'pass', of({ follow: BY_NAME }), 'Nothing is changed in JOC Cockpit: its registered address stays.'],
  [
    'joc-permission',
    'warn',
    of({ facts: read(jocFacts({ mayManage: 'no' })) }),
    'It may not manage Controllers: the change will be refused.',
  ],
  [
    'joc-permission',
    'warn',
    of({ facts: read(jocFacts({ mayManage: 'approval' })) }),
    'A second person has to approve each change (four eyes): the run cannot wait for that.',
  ],
  ['joc-permission', 'warn', of({ facts: read(jocFacts({ mayManage: 'unknown' })) }), 'joc does not tell.'],
  ['joc-registration', 'pass', {}, 'http://js7-p:4444 leads to it.'],
  ['joc-registration', 'warn', of({}, { url: 'http://js7-s:4444', startedAt: 9_999 }), 'http://js7-s:4444 leads to the other one already.'],
  ['joc-registration', 'warn', of({}, { url: 'http://x:1', startedAt: 9_999 }), 'Where http://x:1 leads cannot be told.'],
  ['joc-registration', 'pass', of({}, { url: 'http://x:1' }), 'http://x:1 leads to it.'],
  [
    'joc-registration',
    'warn',
    of({ follow: BY_NAME }, { url: 'http://controller:4444', startedAt: 9_999 }),
    'Neither container carries the name in http://controller:4444.',
  ],
  ['joc-registration', 'warn', of({ sees: read('not-registered') }), 'joc does not know this Controller.'],
  ['joc-registration', 'warn', of({ sees: failed() }), 'joc does not tell.'],
  [
    'joc-registration',
    'warn',
    of({ sees: read({ controllerId: 'demo', jocs: [], nodes: [jocNode(), jocNode()] }) }),
    'Both nodes are registered.',
  ],
  ['joc-target', 'pass', {}, 'Its URL will be http://js7-s:4444. Not tried: it is stopped.'],
  [
    'joc-target',
    'pass',
    of({ follow: { kind: 'update', urls: { secondary: ['http://lb:1'] } } }),
    'Its URL will be http://lb:1, as it was saved. Not tried: it is stopped.',
  ],
  [
    'joc-target',
    'warn',
    of({ follow: { kind: 'update', urls: { secondary: ['http://js7-p:4444'] } } }),
    'http://js7-p:4444 does not lead to it.',
  ],
  ['joc-target', 'warn', of({ follow: { kind: 'update', urls: {} } }), 'No URL is saved for it: JOC Cockpit cannot be told.'],
  [
    'joc-target',
    'pass',
    of({ follow: FRONT }),
    'http://front:1 has to lead to it then; what stands in front does that, and Handover proves it.',
  ],
  [
    'joc-target',
    'warn',
    of({ follow: BY_NAME }),
    'The name controller moves to another host: JOC Cockpit sees it there only if network js7 spans both.',
  ],
  [
    'joc-target',
    'pass',
    of({ follow: BY_NAME, spans: true }),
    'Its container will carry the name controller in network js7. Not tried: it is stopped.',
  ],
  [
    'joc-target',
    'block',
    of({ follow: BY_NAME, network: 'missing' }),
    'Engine docker-b has no network js7: the name controller could not be moved there, and the run would stop while nobody works.',
  ],
  [
    'joc-target',
    'warn',
    of({ follow: BY_NAME, network: 'unreadable' }),
    'Engine docker-b does not let Handover look at its networks: whether the name controller can be moved in js7 is not known.',
  ],
  [
    'joc-target',
    'block',
    of({ follow: BY_NAME, network: 'missing' }),
    'Engine docker-b has no network js7: the name controller could not be moved there, and the run would stop while nobody works.',
  ],
  [
    'joc-target',
    'warn',
    of({ follow: BY_NAME, network: 'unreadable' }),
    'Engine docker-b does not let Handover look at its networks: whether the name controller can be moved in js7 is not known.',
  ],
  ['joc-target', 'pass', here({}), 'Its container will carry the name controller in network js7. Not tried: it is stopped.'],
  [
    'joc-target',
    'pass',
    here(network('other')),
    'Its container will join network js7 and carry the name controller. Not tried: it is stopped.',
  ],
  [
    'joc-target',
    'pass',
    here(network('js7', 'controller')),
    'Its container carries the name controller in network js7 already. Not tried: it is stopped.',
  ],
  [
    'joc-target',
    'warn',
    here({}, { container: { name: 'js7-joc', networks: ['front'] } }),
    'joc is not in network js7: it cannot resolve the name controller.',
  ],
  [
    'joc-target',
    'pass',
    here({}, { container: { name: 'js7-joc', networks: ['js7'] } }),
    'Its container will carry the name controller in network js7. Not tried: it is stopped.',
  ],
  [
    'joc-target',
    'warn',
    { target: { container: read('absent') }, all: { joc: joc({ follow: BY_NAME }) } },
    'Where http://controller:4444 leads cannot be told.',
  ],
];
