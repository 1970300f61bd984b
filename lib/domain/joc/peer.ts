/** Does one Controller of a cluster reach the other one under a URL? What a helper in its network is told to do, and what its answer means. Pure. */
import type { Message } from '../text/message';
import { code, name } from '../text/say';
import { tell } from './told';

export interface PeerJudged {
  readonly result: 'pass' | 'block' | 'unknown';
  readonly measured: Message;
}

const SECONDS = 8;
const NO_PROGRAM = 90;
/**
 * With what the image has (wget without -T: with it busybox 1.35 of Debian 12 crashes): its first line names the program. No proxy of the image's environment, as a Controller uses none for its peer; no look at certificates, as
 * the Controller has a truststore of its own.
 */
const SCRIPT = `unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
if command -v curl >/dev/null 2>&1; then echo curl; exec curl -sSfk --max-time ${SECONDS} "$1"; fi
o=; case $1 in https:*) o=--no-check-certificate;; esac
t=; if command -v timeout >/dev/null 2>&1; then t="timeout ${SECONDS}"; fi
if command -v wget >/dev/null 2>&1; then echo wget; exec $t wget -q $o -O - "$1"; fi
if busybox wget --help >/dev/null 2>&1; then echo wget; exec $t busybox wget -q $o -O - "$1"; fi
exit ${NO_PROGRAM}`;

/** The command for a helper. Asks for journalInfo, which needs no login and never blocks, in every state of a Controller (controller-api 1.5). */
export const peerCommand = (url: string): readonly string[] => ['sh', '-c', SCRIPT, 'ask', `${url}/controller/api/journalInfo`];

/** `container`: the one in whose network was asked. Only an answer that no Controller gives, and a connection that does not come about, count as failed. */
export function judgePeer(
  { exitCode, stdout, stderr }: { readonly exitCode: number; readonly stdout: string; readonly stderr: string },
  container: string,
): PeerJudged {
  const at = { container: name(container) };
  if (exitCode === NO_PROGRAM) return { result: 'unknown', measured: tell('reg.test.peer.no-program', at) };
  const [program = '', ...body] = stdout.split('\n');
  if (exitCode === 0)
    return isJournalInfo(body.join('\n'))
      ? { result: 'pass', measured: tell('reg.test.peer.answers', at) }
      : { result: 'block', measured: tell('reg.test.peer.other', at) };
  switch (program === 'curl' ? byCurl(exitCode) : byWget(exitCode, stderr)) {
    case 'name':
      return { result: 'block', measured: tell('reg.test.peer.name', at) };
    case 'refused':
      return { result: 'block', measured: tell('reg.test.peer.refused', at) };
    case 'late':
      return { result: 'block', measured: tell('reg.test.peer.late', { ...at, seconds: String(SECONDS) }) };
    case 'http':
      return { result: 'block', measured: tell('reg.test.peer.other', at) };
    default: {
      const words = stderr.trim().split('\n').at(-1)?.slice(0, 200);
      return { result: 'unknown', measured: tell('reg.test.peer.words', { ...at, words: code(words || `${program} ${exitCode}`) }) };
    }
  }
}

/** Of `timeout`: GNU's, busybox's. */
const TIMED_OUT = [124, 143];
type Failure = 'name' | 'refused' | 'late' | 'http' | undefined;
/** Exit codes: man curl, EXIT CODES. */
const byCurl = (exit: number): Failure => (({ 6: 'name', 7: 'refused', 28: 'late', 22: 'http' }) as Record<number, Failure>)[exit];
/** Busybox has one exit code and says why; GNU's says nothing with -q, and has 8 for an HTTP error (man wget, EXIT STATUS). */
function byWget(exit: number, said: string): Failure {
  if (TIMED_OUT.includes(exit)) return 'late';
  if (exit === 8 || /server returned error/i.test(said)) return 'http';
  if (/bad address|unable to resolve/i.test(said)) return 'name';
  if (/timed out/i.test(said)) return 'late';
  return /refused|can't connect|unreachable|no route/i.test(said) ? 'refused' : undefined;
}

function isJournalInfo(text: string): boolean {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === 'object' && told !== null && 'lastEventId' in told && 'journalFiles' in told;
  } catch {
    return false;
  }
}
