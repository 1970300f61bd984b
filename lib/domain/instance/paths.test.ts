import { expect, it } from 'vitest';
import { besideOf, controllerPaths } from './paths';

const mount = (target: string) => ({ kind: 'volume', source: 'v', target, readOnly: false }) as const;
const ROOT = '/var/sos-berlin.com/js7/controller';

it('one volume of images from 2.5.2', () => {
  const p = controllerPaths([mount(ROOT)]);
  expect(p.state[0]).toBe(`${ROOT}/state`);
  expect(p.config[0]).toBe(`${ROOT}/config/controller.conf`);
  expect(p.state).toContain(`${ROOT}/var/state`);
});
it('one volume of older images', () => expect(controllerPaths([mount(`${ROOT}/var/`)]).state[0]).toBe(`${ROOT}/var/state`));
it('three volumes', () => {
  const p = controllerPaths([mount(`${ROOT}/var/logs`), mount(`${ROOT}/var/state`), mount(`${ROOT}/var/config`)]);
  expect(p.state[0]).toBe(`${ROOT}/var/state`);
  expect(p.config[0]).toBe(`${ROOT}/var/config/controller.conf`);
});
it('nothing outside a mount', () => {
  expect(controllerPaths([])).toEqual({ state: [], config: [] });
  expect(controllerPaths([mount('/data')]).state).toEqual(['/data/state', '/data/var/state', '/data/data/state']);
});
it('own folders stand beside the state directory, or in it where it is a mount', () => {
  expect(besideOf(`${ROOT}/state`, [mount(ROOT)])).toEqual({ folder: ROOT, prefix: 'state.' });
  expect(besideOf(`${ROOT}/state`, [mount(`${ROOT}/state`)])).toEqual({ folder: `${ROOT}/state`, prefix: 'handover.' });
});
