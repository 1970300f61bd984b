import type { JocAnswer, JocInput } from '@/lib/contract/joc';

/** The form of one JOC Cockpit as it is typed. */
export interface JocDraft {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly ca: string;
  readonly clientCert: string;
  readonly clientKey: string;
}
export const jocDraft = (joc?: JocAnswer): JocDraft => ({
  name: joc?.name ?? '',
  url: joc?.url ?? '',
  user: joc?.user ?? '',
  password: '',
  ca: joc?.ca ?? '',
  clientCert: joc?.clientCert ?? '',
  clientKey: '',
});

/** What is sent. Secrets that were left empty are left out: the stored ones stay. */
export function jocInput(d: JocDraft): JocInput {
  return {
    name: d.name.trim(),
    url: d.url.trim(),
    user: d.user.trim(),
    ...(d.password !== '' && { password: d.password }),
    ...(d.ca.trim() !== '' && { ca: d.ca }),
    ...(d.clientCert.trim() !== '' && { clientCert: d.clientCert }),
    ...(d.clientKey.trim() !== '' && { clientKey: d.clientKey }),
  };
}

/** Its host, as a name for a connection that has none yet. */
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
