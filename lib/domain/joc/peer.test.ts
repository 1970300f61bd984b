import { expect, test } from 'vitest';
import { judgePeer, peerCommand } from './peer';

const said = (exitCode: number, stdout: string, stderr = '') => {
  const { result, measured } = judgePeer({ exitCode, stdout, stderr }, 'js7-secondary');
  return [result, measured.key.replace('reg.test.peer.', '')];
};
const INFO = '{"lastEventId":1,"tornEventId":1,"journalFiles":[]}';

test.each<[string, string[], string[]]>([
  ['a Controller', said(0, `curl\n${INFO}`), ['pass', 'answers']],
  ['a backup that waits', said(0, 'wget\n{"lastEventId":0,"tornEventId":0,"journalFiles":[]}'), ['pass', 'answers']],
  ['a page', said(0, 'curl\n<html>'), ['block', 'other']],
  ['other JSON', said(0, 'curl\n{"id":"x"}'), ['block', 'other']],
  ['nothing at all', said(0, ''), ['block', 'other']],
  ['curl: name', said(6, 'curl\n', 'curl: (6) Could not resolve host: x'), ['block', 'name']],
  ['curl: refused', said(7, 'curl\n', 'curl: (7) Failed to connect'), ['block', 'refused']],
  ['curl: late', said(28, 'curl\n'), ['block', 'late']],
  ['curl: HTTP error', said(22, 'curl\n', 'curl: (22) The requested URL returned error: 404'), ['block', 'other']],
  ['curl: TLS', said(35, 'curl\n', 'curl: (35) wrong version number'), ['unknown', 'words']],
  ['busybox: name', said(1, 'wget\n', "wget: bad address 'x:4444'"), ['block', 'name']],
  ['busybox: refused', said(1, 'wget\n', "wget: can't connect to remote host (127.0.0.1): Connection refused"), ['block', 'refused']],
  ['busybox: late', said(1, 'wget\n', 'wget: download timed out'), ['block', 'late']],
  ['ended by timeout, GNU', said(124, 'wget\n'), ['block', 'late']],
  ['ended by timeout, busybox', said(143, 'wget\n', 'Terminated'), ['block', 'late']],
  ['busybox: HTTP error', said(1, 'wget\n', 'wget: server returned error: HTTP/1.0 404 Not Found'), ['block', 'other']],
  ['busybox: TLS', said(1, 'wget\n', 'wget: TLS error from peer (alert code 40)'), ['unknown', 'words']],
  ['GNU wget: HTTP error', said(8, 'wget\n'), ['block', 'other']],
  ['GNU wget: anything of the network', said(4, 'wget\n'), ['unknown', 'words']],
  ['neither curl nor wget', said(90, ''), ['unknown', 'no-program']],
  ['no shell: what it was is not known', said(127, '', 'sh: not found'), ['unknown', 'words']],
])('%s', (_what, is, wanted) => expect(is).toEqual(wanted));

test('a program that crashes says nothing of the address', () => expect(said(139, 'wget\n')).toEqual(['unknown', 'words']));

test('the words of a failure are short and its last ones', () => {
  const { measured } = judgePeer({ exitCode: 35, stdout: 'curl\n', stderr: `first\n${'x'.repeat(1000)}\n` }, 'c');
  expect(measured.params?.words).toEqual({ as: 'code', value: 'x'.repeat(200) });
});

test('the command is a GET of journalInfo, and the address is an argument, never a part of the script', () => {
  const [shell, , , , url] = peerCommand('http://a:4444;touch x');
  expect([shell, url]).toEqual(['sh', 'http://a:4444;touch x/controller/api/journalInfo']);
  expect(peerCommand('http://a:4444').slice(0, 4)).toEqual(peerCommand('http://b:4444').slice(0, 4));
});
