import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { SessionAnswer, Snapshot } from '../contract/api';
import type { Catalogue } from '../domain/text/message';
import { textsIn } from './first-texts';
import { getRuntime, type Runtime } from './runtime';
import type { Session } from './session';
import { sessionAnswer } from './sign-in';
import { checkHost } from './site';

async function current(): Promise<{ runtime: Runtime; session: Session | undefined }> {
  // The headers first: while building there are none, and Next leaves the page here, before the data folder is opened.
  const asked = await headers();
  const runtime = await getRuntime();
  const foreign = checkHost(asked, runtime.env);
  if (foreign) throw new Error(foreign.message);
  const session = await runtime.sessions.read((await cookies()).get(runtime.sessions.cookieName)?.value);
  return { runtime, session };
}

/** Who asks for this page. Without a session: to the login, or to the first start where there is no account yet. */
async function requireSession(): Promise<{ runtime: Runtime; session: Session }> {
  const { runtime, session } = await current();
  const from = (await headers()).get('x-path') ?? '/';
  if (!session) {
    const page = runtime.store.accounts.all().length === 0 ? '/first-run' : '/login';
    redirect(from === '/' ? page : `${page}?from=${encodeURIComponent(from)}`);
  }
  return { runtime, session };
}

/** For the layout of the logged-in pages: who asks, everything the stream would tell first, and its words, so that the first paint is complete. */
export async function firstPaint(): Promise<{ session: SessionAnswer; snapshots: readonly Snapshot[]; texts: Catalogue }> {
  const { runtime, session } = await requireSession();
  const snapshots = runtime.hub.read.snapshots();
  return { session: sessionAnswer(runtime, session.account), snapshots, texts: textsIn(snapshots) };
}

/** For the pages before the login: sends people on who are logged in already, or whose way is the other page. */
export async function guestPage(page: 'login' | 'first-run'): Promise<void> {
  const { runtime, session } = await current();
  if (session) redirect('/');
  const due = runtime.store.accounts.all().length === 0 ? 'first-run' : 'login';
  if (due !== page) redirect(`/${due}`);
}
