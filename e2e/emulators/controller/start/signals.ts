/** SIGTERM and SIGINT straight to this process (recording 02: journal and timing as after ShutDown, exit code 143). */
import { endActive } from '../commands/shut-down';
import type { Controller } from '../controller';

/** What nobody has foreseen is told in the log. A promise nobody waited for must not end the program; an exception does, as a crash. */
export function hearFailures({ node }: Controller): void {
  process.on('unhandledRejection', (error) =>
    node.log.error('emulation', `unhandled rejection: ${String((error as Error)?.stack ?? error)}`),
  );
  process.on('uncaughtException', (error) => {
    node.log.error('emulation', `uncaught exception: ${String(error?.stack ?? error)}`);
    process.exit(1);
  });
}

export function hearSignals(controller: Controller): void {
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    process.on(signal, () => {
      const { role, log } = controller.node;
      // A zombie does not hear (recording 07b).
      if (role.phase === 'zombie' && controller.node.journal.state.clusterState.TYPE === 'NodesAppointed') return;
      log.warn('js7.common.system.startup.ServiceMain', 'Stop Controller due to cancellation (maybe due to a signal like SIGTERM)');
      if (role.phase === 'unappointed') log.error('js7.common.system.startup.ServiceMain', 'RunningController died');
      if (role.phase !== 'active' || role.closing) {
        void controller.terminate(code);
        return;
      }
      role.close('shutting down');
      void endActive(controller, { code, snapshot: true, killed: false });
    });
  }
}
