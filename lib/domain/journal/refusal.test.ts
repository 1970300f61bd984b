import { expect, it } from 'vitest';
import { recogniseRefusal } from './refusal';

const START = '2026-11-23 23:36:14.664Z JS7 Controller 2.9.1-SNAPSHOT+20260811.0938';
const error = (words: string) => `\u001b[31m2026-11-23 23:36:13.464Z ERROR js7.common.system.startup.ServiceMain - ${words}\u001b[m`;

it.each([
  ['backup-flag', error('PrimaryClusterNodeMayNotBecomeBackup: The cluster node has already been started as a primary node and may not be configured as a backup node afterwards')],
  ['no-licence', error('No license for js7.controller.cluster')],
  ['duplicate-start', 'Duplicate start of JS7'],
  ['other-controller-id', "2026 Z ERROR org.apache.pekko.actor.OneForOneStrategy - Recovered 'Controller:Controller' differs from configured 'Controller:other'"],
  ['no-signature-keys', error('No trusted signature keys - Configure one with js7.configuration.trusted-signature-keys!')],
  ['broken-journal', error("Missing JournalHeader in file 'controller--1795477322899000.journal'")],
  ['foreign-event', '2026 Z ERROR js7.journal.JournalingActor - »ControllerOrderKeeper« Event could not be stored: UnknownKey: No such OrderId: Order:B1'],
  ['other', error("Cannot load keystore 'file:https-keystore.p12'")],
])('%s', (kind, line) => {
  const r = recogniseRefusal([START, line, '2026 Controller terminates 3s after start']);
  expect(r?.kind).toBe(kind);
  expect(r?.line).not.toContain('\u001b');
});

it('only the last start counts, and a proper end tells nothing', () => {
  expect(recogniseRefusal([START, error('No license for js7.controller.cluster'), START, 'Controller terminates 3s after start'])).toBeUndefined();
  expect(recogniseRefusal([])).toBeUndefined();
});
