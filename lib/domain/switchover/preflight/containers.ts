/** Checks of engines and containers, and of who could start the source again (product.md section 5, docker-images.md section 7). */
import { candidateUrls } from '../../cluster/discovery';
import { leadsTo } from '../../cluster/leads';
import type { Instance } from '../../instance/instance';
import { block, type CheckRow, pass, the, unknown, warn } from './check';
import { both, type PreflightFacts, type SideFacts } from './facts';

const name = (value: string) => ({ as: 'name' as const, value });
const sides = (f: PreflightFacts): readonly SideFacts[] => [f.source, f.target];
const present = (s: SideFacts): Instance | undefined => {
  const c = the(s.container);
  return c === 'absent' ? undefined : c;
};

const engine = (which: 'source' | 'target'): CheckRow => ({
  id: `engine-${which}`,
  group: 'engines',
  rests: [`${which}.engine`],
  judge: (f) => pass('check.engine.answers', { engine: name(f[which].engineName), version: the(f[which].engine).version }),
});

const MAX_SKEW_MS = 2_000;
const clocks: CheckRow = {
  id: 'clocks',
  group: 'engines',
  rests: both('engine'),
  judge: (f) => {
    const [a, b] = sides(f).map((s) => the(s.engine).clockSkewMs);
    if (a === undefined || b === undefined) return warn('check.clocks.untold');
    const apart = Math.abs(a - b);
    return apart <= MAX_SKEW_MS
      ? pass('check.clocks.agree', { apart: { as: 'duration', value: apart } })
      : warn('check.clocks.apart', { apart: { as: 'duration', value: apart } });
  },
};

const survive: CheckRow = {
  id: 'containers-survive',
  group: 'containers',
  rests: both('container'),
  judge: (f) => {
    const gone = sides(f).find((s) => present(s) === undefined);
    if (gone) return block('check.container.absent', { name: name(gone.ref.name), engine: name(gone.engineName) });
    const vanishing = sides(f).find((s) => present(s)?.autoRemove);
    return vanishing ? block('check.container.auto-remove', { name: name(vanishing.ref.name) }) : pass('check.container.stay');
  },
};

const image: CheckRow = {
  id: 'same-image',
  group: 'containers',
  rests: both('container'),
  judge: (f) => {
    const [a, b] = sides(f).map((s) => present(s)?.image);
    if (!a || !b) return unknown('check.container.missing');
    return a.digest === b.digest
      ? pass('check.image.same', { digest: { as: 'code', value: a.digest.slice(0, 19) } })
      : warn('check.image.differs', { source: name(a.ref), target: name(b.ref) });
  },
};

const roles: CheckRow = {
  id: 'roles',
  group: 'containers',
  rests: both('container'),
  also: ['source.controller'],
  judge: (f) => {
    const target = present(f.target);
    if (!target) return unknown('check.container.missing');
    if (target.state !== 'exited' && target.state !== 'created' && target.state !== 'dead')
      return block('check.roles.target-runs', { name: name(target.name), state: target.state });
    if (present(f.source)?.state !== 'running') return warn('check.roles.source-rests', { name: name(f.source.ref.name) });
    const c = f.source.controller;
    if (c.kind !== 'value') return unknown('check.roles.source-silent', { name: name(f.source.ref.name) });
    const node = c.value.node;
    const active = node.kind === 'state' && !node.state.isBackup;
    if (node.kind === 'login-needed') return unknown('check.roles.login-needed', { name: name(f.source.ref.name) });
    if (!active || c.value.ready === false) return block('check.roles.source-not-ready', { name: name(f.source.ref.name) });
    return c.value.ready === true ? pass('check.roles.right') : unknown('check.roles.readiness-unknown');
  },
};

const identity: CheckRow = {
  id: 'controller-id',
  group: 'containers',
  rests: both('container'),
  judge: (f) => {
    const [a, b] = sides(f).map((s) => present(s)?.env.RUN_JS_ID);
    if (!a || !b) return warn('check.id.untold');
    return a === b ? pass('check.id.same', { id: name(a) }) : block('check.id.differs', { source: name(a), target: name(b) });
  },
};

const policy: CheckRow = {
  id: 'restart-policy',
  group: 'restart',
  rests: ['source.container'],
  judge: (f) => {
    const source = present(f.source);
    if (!source) return unknown('check.container.missing');
    const p = source.restartPolicy.name;
    return p === 'no' ? pass('check.policy.off') : pass('check.policy.held', { policy: { as: 'code', value: p } });
  },
};

/** Labels of programs that start containers again on their own. Sources: compose's and watchtower's documentation. */
const starters: CheckRow = {
  id: 'other-starters',
  group: 'restart',
  rests: ['source.container'],
  judge: (f) => {
    const source = present(f.source);
    if (!source) return unknown('check.container.missing');
    const project = source.labels['com.docker.compose.project'];
    if (project)
      return warn('check.starters.compose', { project: name(project), service: name(source.labels['com.docker.compose.service'] ?? '?') });
    const updater = Object.keys(source.labels).find((l) => /watchtower|diun|ouroboros/.test(l));
    return updater ? warn('check.starters.updater', { label: { as: 'code', value: updater } }) : pass('check.starters.none');
  },
};

const ports: CheckRow = {
  id: 'target-ports',
  group: 'target',
  rests: ['target.portsTaken'],
  judge: (f) => {
    const taken = the(f.target.portsTaken);
    return taken.length === 0 ? pass('check.ports.free') : block('check.ports.taken', { ports: { as: 'code', value: taken.join(', ') } });
  },
};

/** A wrong address would only show past the point of no return, when the target is waited for. */
const address: CheckRow = {
  id: 'target-url',
  group: 'target',
  rests: ['target.container'],
  also: ['source.container'],
  judge: (f) => {
    const target = present(f.target);
    const { url, engineHost } = f.target;
    if (!target || url === undefined) return unknown('check.container.missing');
    const source = f.source.container.kind === 'value' ? present(f.source) : undefined;
    const leads = leadsTo(url, target, engineHost, source ? [source] : []);
    if (leads === 'yes') return pass('check.url.fits', { url: name(url) });
    if (leads === 'untold') return pass('check.url.untold', { url: name(url) });
    const other = candidateUrls(target, engineHost)[0];
    return other ? block('check.url.unfit', { url: name(url), other: name(other) }) : block('check.url.none', { url: name(url) });
  },
};

const networks: CheckRow = {
  id: 'networks',
  group: 'target',
  rests: both('container'),
  judge: (f) => {
    const [a, b] = sides(f).map((s) => present(s)?.networks.map((n) => n.network) ?? []);
    const lacking = (a ?? []).filter((n) => !(b ?? []).includes(n));
    return lacking.length === 0 ? pass('check.networks.same') : warn('check.networks.lacking', { networks: name(lacking.join(', ')) });
  },
};

export const CONTAINER_CHECKS: readonly CheckRow[] = [
  engine('source'),
  engine('target'),
  clocks,
  survive,
  image,
  roles,
  identity,
  policy,
  starters,
  ports,
  address,
  networks,
];
