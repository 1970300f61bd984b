import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '@/lib/contract/api';
import { placeToGo } from '../login/place';
import { emptyEngine, engineInput } from './engine-model';
import { GuardField } from './guard-field';
import { choose, draftOf, emptyDraft, emptyMember, inputOf, propose } from './model';

const candidate = (name: string, controllerId: string | undefined, running: boolean, more: Partial<Candidate> = {}): Candidate =>
  ({
    instance: { engineId: 'docker-a', name, state: running ? 'running' : 'exited' },
    because: [],
    hints: [],
    emulation: false,
    urls: [`http://${name}:4444`],
    ...(controllerId !== undefined && { controllerId }),
    ...more,
  }) as unknown as Candidate;

describe('who could be who', () => {
  test('a pair of one Controller ID; the names decide before who runs', () => {
    const { primary, secondary } = propose([candidate('js7-x-secondary', 'x', true), candidate('js7-x-primary', 'x', false)]);
    expect([primary?.instance.name, secondary?.instance.name]).toEqual(['js7-x-primary', 'js7-x-secondary']);
  });
  test('without telling names the one that runs is the Primary', () => {
    expect(propose([candidate('b', 'x', false), candidate('a', 'x', true)]).primary?.instance.name).toBe('a');
  });
  test('never two of different clusters, never one that a cluster has, and of three no pair', () => {
    expect(propose([candidate('a', 'x', true), candidate('b', 'y', true)]).secondary).toBeUndefined();
    expect(propose([candidate('a', 'x', true, { usedBy: 'x' })]).primary).toBeUndefined();
    expect(propose([candidate('a', 'x', true), candidate('b', 'x', true), candidate('c', 'x', false)]).secondary).toBeUndefined();
    expect(propose([])).toEqual({});
  });
});

describe('what is sent', () => {
  const primary = choose(emptyMember, candidate('p', 'x', true));
  const secondary = choose(emptyMember, candidate('s', 'x', false));
  test('nothing without a Primary; no Secondary if none is chosen', () => {
    expect(inputOf(emptyDraft)).toBeUndefined();
    expect(inputOf({ ...emptyDraft, name: 'x', primary })).toEqual({
      name: 'x',
      primary: { engineId: 'docker-a', name: 'p', access: { url: 'http://p:4444' } },
    });
  });
  test('a shared login goes to both, with each its own address', () => {
    const login = { access: 'account' as const, user: 'u', password: 'secret' };
    const both = inputOf({ name: 'x', primary: { ...primary, ...login }, secondary, shared: true });
    expect(both?.secondary?.access).toEqual({ url: 'http://s:4444', user: 'u', password: 'secret' });
    const own = inputOf({ name: 'x', primary: { ...primary, ...login }, secondary, shared: false });
    expect(own?.secondary?.access).toEqual({ url: 'http://s:4444' });
  });
  test('an empty password is not sent: the stored one is kept', () => {
    const draft = draftOf({
      id: 'x',
      name: 'x',
      controllerId: 'x',
      primary: { engineId: 'e', name: 'p', url: 'http://p:1', user: 'u', hasPassword: true, hasClientKey: false },
    });
    expect(inputOf(draft)?.primary.access).toEqual({ url: 'http://p:1', user: 'u' });
  });
  test('the guard may stop nothing unless somebody said so; taken back, that is said too', () => {
    const stored = {
      id: 'x',
      name: 'x',
      controllerId: 'x',
      primary: { engineId: 'e', name: 'p', url: 'http://p:1', hasPassword: false, hasClientKey: false },
    };
    expect(inputOf({ ...emptyDraft, name: 'x', primary })).not.toHaveProperty('guardStops');
    expect(inputOf(draftOf(stored))).not.toHaveProperty('guardStops');
    expect(inputOf(draftOf({ ...stored, guardStops: true }))?.guardStops).toBe(true);
    expect(inputOf({ ...draftOf({ ...stored, guardStops: true }), guardStops: false })?.guardStops).toBe(false);
    const html = renderToStaticMarkup(<GuardField checked={inputOf(draftOf(stored))?.guardStops ?? false} onChange={() => {}} />);
    expect(html).toMatch(/<input type="checkbox"(?![^>]*checked)[^>]*aria-describedby="guard-stops-about"/);
    expect(html).toContain('Off: the guard only raises alarms.');
  });
  test('two stored passwords are never taken for one', () => {
    const member = { engineId: 'e', name: 'p', url: 'http://p:1', user: 'u', hasPassword: true, hasClientKey: false };
    expect(draftOf({ id: 'x', name: 'x', controllerId: 'x', primary: member, secondary: { ...member, name: 's' } }).shared).toBe(false);
  });
});

test('an engine’s address carries what its kind needs and nothing else', () => {
  expect(engineInput({ ...emptyEngine, name: 'a' })).toEqual({ name: 'a', address: { kind: 'socket', path: '/var/run/docker.sock' } });
  expect(engineInput({ ...emptyEngine, name: 'b', kind: 'ssh', host: 'h', user: 'u', key: 'not mine' })).toEqual({
    name: 'b',
    address: { kind: 'ssh', host: 'h', port: 22, user: 'u' },
  });
});

test('after the login only to a place of our own', () => {
  expect(placeToGo('/clusters/billing')).toBe('/clusters/billing');
  for (const evil of [
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/login',
    '/api/session',
  ])
    expect(placeToGo(evil)).toBe('/');
});
