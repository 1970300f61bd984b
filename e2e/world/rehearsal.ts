import type { RehearsalAnswer } from '../../lib/contract/api';
import { must } from './api';
import type { Cookie, Server } from './server.mjs';
import { until } from './server.mjs';

interface Told<T> {
  readonly data: T;
}
interface Member {
  readonly role: string;
  readonly disk: { readonly freshness: { readonly state: string } };
  readonly docker: { readonly instance?: { readonly startedAt?: number } };
}

/** Puts the rehearsal world back if anything in it is not as at first, and waits until Handover sees it so. */
export async function restore(server: Server, cookie: Cookie): Promise<void> {
  const state = async () => (await must<Told<RehearsalAnswer>>(server, cookie, 'GET', '/api/rehearsal')).data;
  const well = async () => {
    const [demo] = (await must<Told<{ primary: Member; secondary?: Member; joc?: object }[]>>(server, cookie, 'GET', '/api/clusters')).data;
    return (
      demo?.primary.role === 'active' &&
      demo.joc === undefined &&
      ['cold', 'fenced'].includes(demo.secondary?.role ?? '') &&
      // It never ran: what a spare has behind it counts as evidence in a later test.
      demo.secondary?.docker.instance !== undefined &&
      demo.secondary.docker.instance.startedAt === undefined &&
      !['never', 'lost'].includes(demo.secondary?.disk.freshness.state ?? 'never')
    );
  };
  if ((await state()).faults.some((fault) => fault.on) || !(await well())) {
    await until('the end of another reset', async () => !(await state()).resetting);
    await must(server, cookie, 'POST', '/api/rehearsal/reset');
  }
  await until('the rehearsal world as it was at first', async () => !(await state()).resetting && (await well()));
}
