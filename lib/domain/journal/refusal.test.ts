import { expect, it } from 'vitest';
import { recogniseRefusal } from './refusal';

const START = '2026-11-23 23:36:14.664Z JS7 Controller 2.9.1-SNAPSHOT+20260811.0938';
const error = (words: string) => `\u001b[31m2026-11-23 23:36:13.464Z ERROR js7.common.system.startup.ServiceMain - ${words}\u001b[m`;

it.each([
  [
    'backup-flag',
    error(
      'PrimaryClusterNodeMayNotBecomeBackup: The cluster node has already been started as a primary node and may not be configured as a backup node afterwards',
    ),
  ],
  ['no-licence', error('No license for js7.controller.cluster')],
  ['duplicate-start', 'Duplicate start of JS7'],
  [
    'other-controller-id',
    "2026 Z ERROR org.apache.pekko.actor.OneForOneStrategy - Recovered 'Controller:Controller' differs from configured 'Controller:other'",
  ],
  ['no-signature-keys', error('No trusted signature keys - Configure one with js7.configuration.trusted-signature-keys!')],
  ['broken-journal', error("Missing JournalHeader in file 'controller--1795477322899000.journal'")],
  [
    'foreign-event',
    '2026 Z ERROR js7.journal.JournalingActor - »ControllerOrderKeeper« Event could not be stored: UnknownKey: No such OrderId: Order:B1',
  ],
  ['other', error("Cannot load keystore 'file:https-keystore.p12'")],
])('%s', (kind, line) => {
  const r = recogniseRefusal([START, line, '2026 Controller terminates 3s after start']);
  expect(r?.kind).toBe(kind);
  expect(r?.line).not.toContain('\u001b');
});

it('only the last start counts, and a proper end tells nothing', () => {
  expect(
    recogniseRefusal([START, error('No license for js7.controller.cluster'), START, 'Controller terminates 3s after start']),
  ).toBeUndefined();
  expect(recogniseRefusal([])).toBeUndefined();
});

it('a rejected command is a warning, not the end of the process (recording 07)', () => {
  const line =
    '2026-11-23 23:28:47.825Z WARN  js7.controller.command.ControllerCommandExecutor - Command ClusterAppointNodes(…) by User:Anonymous rejected: No license for js7.controller.cluster';
  expect(recogniseRefusal([START, line])).toBeUndefined();
});

it('an appointed backup that ends for want of a licence says so in a warning of the start program (recording 07)', () => {
  const line =
    '2026-11-23 23:28:32.194Z WARN  js7.common.system.startup.ServiceMain - Stop Controller due ProblemException: No license for js7.controller.cluster';
  expect(recogniseRefusal([START, line])?.kind).toBe('no-licence');
});

it('SIGTERM on an unappointed backup leaves an error that is no refusal (recording 03)', () => {
  const lines = [
    START,
    '2026-11-23 23:30:06.317Z WARN  js7.common.system.startup.ServiceMain - Stop Controller due to cancellation (maybe due to a signal like SIGTERM)',
    '2026-11-23 23:30:06.412Z ERROR js7.base.service.Service - RunningController died after 1.88s: BackupClusterNodeNotAppointed: This backup cluster node has not yet been appointed',
  ];
  expect(recogniseRefusal(lines)).toBeUndefined();
});
