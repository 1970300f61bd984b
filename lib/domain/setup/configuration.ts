/** The Secondary's configuration made from the Primary's: what is copied, changed, left out, and written anew. Facts: docker-images.md 6, controller-api.md 4-5. */
import { withFlag, withLines, withoutBlock } from '../config/flag';
import type { Message } from '../text/message';
import { code, name } from '../text/say';
import type { ConfigFile, ConfigMeasured } from './facts';
import type { PlannedFile, PlannedInstance } from './setup';
import { tell } from './tell';

/** Keystores hold private keys; a truststore holds certificates of others only. */
const KEYSTORE = /\.(p12|pfx|jks|jceks|keystore|bcfks)$/i;
const KEY = /\.(key|pkcs8|p8)$|(^|\/)(id_rsa|id_ed25519|id_ecdsa)$/i;
const isTruststore = (path: string): boolean => /trust/i.test(path.slice(path.lastIndexOf('/') + 1));
/** By its name alone: a file that looks like text is read too (`-----BEGIN … PRIVATE KEY-----`). */
export const isKeyFile = (path: string): boolean => KEY.test(path) || (KEYSTORE.test(path) && !isTruststore(path));
export const holdsPrivateKey = (text: string): boolean => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text);

/** Handover's own copies of before, editors' leftovers, and what only belongs to a process. */
const LEFT_BEHIND = /(^|\/)(controller\.conf\.before-[^/]*|[^/]*~|\.[^/]*\.sw[a-z]|[^/]*\.handover-[^/]*)$/;
/** One file must pass through Handover's memory. */
export const LARGEST_FILE = 64 * 1024 * 1024;

export const CONTROLLER_CONF = 'controller.conf';

export const NOT_PUBLIC = 'js7.web.server.auth.public = no';

const NODES = /^[ \t]*(?:js7\.journal\.cluster\.)?nodes[ \t]*[=:]?[ \t]*\{[^{}]*\}[ \t]*,?[ \t]*$/gm;
/** Without `js7.journal.cluster.nodes`: with the backup flag a Controller refuses to start with it (controller-api.md 5). Whether it worked is for a parser to say. */
export const withoutNodes = (text: string): string =>
  text.replace(NODES, (found) =>
    ['# Left out by Handover: a Secondary may not name the nodes.', ...found.split('\n').map((l) => `# ${l.trim()}`)].join('\n'),
  );

/** controller.conf of the Secondary. `own`: how the Primary's own text reads. */
export function secondaryConf(
  text: string,
  own: { readonly flag: 'on' | 'off'; readonly nodes: boolean; readonly publicAccess: boolean },
  keepPublic: boolean,
): string {
  const plain = own.nodes ? withoutNodes(withoutBlock(text)) : withoutBlock(text);
  const closed = own.publicAccess && !keepPublic ? withLines(plain, ['# By Handover: no access without an account.', NOT_PUBLIC]) : plain;
  return withFlag(closed, 'on', own.flag);
}

/** Everything of the configuration directory, each with what becomes of it. */
export function plannedFiles(config: ConfigMeasured): readonly PlannedFile[] {
  return config.files
    .filter((f) => !LEFT_BEHIND.test(f.path))
    .map(
      (f): PlannedFile => ({
        slot: 'secondary',
        path: f.path,
        how: howOf(f),
        ...(howOf(f) !== 'left-out' && { bytes: f.path === CONTROLLER_CONF ? config.next.bytes : f.bytes }),
      }),
    );
}
const howOf = (f: ConfigFile): PlannedFile['how'] =>
  f.path === CONTROLLER_CONF ? 'changed' : f.kind !== 'file' || f.privateKey || f.bytes > LARGEST_FILE ? 'left-out' : 'copied';

export interface DiffLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
}
const VALUE = /((?:password|secret|token|passphrase)[\w.-]*["']?\s*[=:]\s*)(\S.*)/gi;
/** A value that may be a secret is never shown, not even where a person should not have put it. */
export const hideSecrets = (line: string): string => line.replace(VALUE, '$1…').replace(/((?:plain|sha512):)[^"'\s,}]+/gi, '$1…');

/** Two texts of which the second has some lines more, fewer or other: the lines around each change. Only what the head and the tail do not share is told. */
export function lineDiff(before: string, after: string, around = 2): readonly DiffLine[] {
  const [a, b] = [lines(before), lines(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const line = (sign: DiffLine['sign']) => (text: string) => ({ sign, text: hideSecrets(text) });
  return [
    ...a.slice(Math.max(0, head - around), head).map(line(' ')),
    ...a.slice(head, a.length - tail).map(line('-')),
    ...b.slice(head, b.length - tail).map(line('+')),
    ...a.slice(a.length - tail, a.length - tail + around).map(line(' ')),
  ];
}
const lines = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Names by which others call it: all of them belong into its certificate. */
function certificateNames(i: Pick<PlannedInstance, 'hostname' | 'name' | 'networks' | 'url'>): readonly string[] {
  const host = /^https?:\/\/(\[[^\]]+\]|[^:/]+)/.exec(i.url)?.[1]?.replace(/^\[|\]$/g, '') ?? '';
  return [...new Set([i.hostname, i.name, ...i.networks.flatMap((n) => n.aliases), host])].filter((n) => n !== '');
}
const isAddress = (n: string): boolean => /^[\d.]+$/.test(n) || n.includes(':');

/** Lines with which a person makes the key and certificate that were left out. `$…` stands for secrets. */
export function certificateLines(
  i: Pick<PlannedInstance, 'hostname' | 'name' | 'networks' | 'url' | 'places'>,
  leftOut: readonly string[],
): readonly string[] {
  const names = certificateNames(i);
  const san = names.map((n) => `${isAddress(n) ? 'IP' : 'DNS'}:${n}`).join(',');
  const store = leftOut.find((p) => KEYSTORE.test(p)) ?? 'private/https-keystore.p12';
  const file = store.slice(store.lastIndexOf('/') + 1);
  return [
    '# with keytool: a key pair, and a request that your certificate authority signs',
    `keytool -genkeypair -keystore ${file} -storetype PKCS12 -storepass "$STORE_PASSWORD" -alias ${i.hostname} -keyalg RSA -keysize 4096 -validity 365 -dname "CN=${i.hostname}" -ext "san=${san.toLowerCase()}" -ext "eku=serverAuth,clientAuth"`,
    `keytool -certreq -keystore ${file} -storepass "$STORE_PASSWORD" -alias ${i.hostname} -ext "san=${san.toLowerCase()}" -file ${i.hostname}.csr`,
    `keytool -importcert -keystore ${file} -storepass "$STORE_PASSWORD" -alias ca -file ca.crt -noprompt`,
    `keytool -importcert -keystore ${file} -storepass "$STORE_PASSWORD" -alias ${i.hostname} -file ${i.hostname}.crt`,
    '# or with openssl',
    `openssl req -new -newkey rsa:4096 -nodes -keyout ${i.hostname}.key -out ${i.hostname}.csr -subj "/CN=${i.hostname}" -addext "subjectAltName=${san}" -addext "extendedKeyUsage=serverAuth,clientAuth"`,
    `openssl pkcs12 -export -inkey ${i.hostname}.key -in ${i.hostname}.crt -certfile ca.crt -name ${i.hostname} -passout env:STORE_PASSWORD -out ${file}`,
    '# then put it where the Secondary looks for it; the container may be stopped',
    `docker cp ${file} ${i.name}:${i.places.config}/${store}`,
  ];
}
export const certificateTodo = (i: PlannedInstance, leftOut: readonly string[]): { title: Message; commands: readonly string[] } => ({
  title: tell('making.todo.certificate', { name: name(i.name), names: code(certificateNames(i).join(', ')) }),
  commands: certificateLines(i, leftOut),
});

/** Lines for the Primary's controller.conf, with a proven licence; they count from its next start on, while its journal has no nodes. */
export const nodesLines = (nodes: { readonly primary: string; readonly secondary: string }): readonly string[] => [
  'js7.journal.cluster.nodes {',
  `  Primary: "${nodes.primary}"`,
  `  Backup: "${nodes.secondary}"`,
  '}',
];

const ACCOUNT_BEGIN = '# >>> Handover: its own account';
/** Handover's own account in private.conf of a Controller that it made. */
export const hasAccount = (text: string): boolean => text.includes(ACCOUNT_BEGIN);
/** `sha512`: upper-case hex of the password. Idempotent: a former block is replaced. */
export function withAccount(text: string, user: string, sha512: string): string {
  const own = text.replace(/\n?# >>> Handover: its own account[\s\S]*?# <<< Handover\n/, '');
  return withLines(own, [
    `${ACCOUNT_BEGIN}, with which it asks this Controller and shuts it down`,
    `js7.auth.users.${user} { password = "sha512:${sha512}", permissions = [ UpdateItem ] }`,
    '# <<< Handover',
  ]);
}
/** controller.conf where the image brings none. */
export const minimalConf = (): string =>
  '# Written by Handover. The certificates that may sign workflows are told in private/private.conf.\n';
/**
 * private.conf where the image brings none: the accounts with which JOC Cockpit comes by default. The hashes are those of SOS's published examples (KB 112664515), the same in
 * every default installation: to be changed in both places before anything of worth runs.
 */
export const minimalPrivateConf =
  (): string => `# Written by Handover for evaluation: the accounts of JOC Cockpit with the passwords that it has by default. Change them here and in JOC Cockpit's settings.
js7.auth.users {
  History { password = "sha512:B793649879D61613FD3F711B68F7FF3DB19F2FE2D2C136E8523ABC87612219D5AECB4A09035AD88D544E227400A0A56F02BC990CF0D4CB348F8413DE00BCBF08" }
  JOC { password = "sha512:3662FD6BF84C6B8385FC15F66A137AB75C755147A81CC7AE64092BFE8A18723A7C049D459AB35C059B78FD6028BB61DCFC55801AE3894D2B52401643F17A07FE", permissions = [ UpdateItem ] }
}
js7.journal.users-allowed-to-release-events = [ History ]
js7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"
`;
