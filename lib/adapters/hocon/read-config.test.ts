import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config';

const flagOf = async (controllerConf: string, more: object = {}) => {
  const r = await readConfig({ controllerConf, ...more });
  return r.ok ? r.value.isBackup : r.error.code;
};

describe('is-backup', () => {
  it.each(['true', 'on', 'yes', '"yes"'])('%s is on', async (word) =>
    expect(await flagOf(`js7.journal.cluster.node.is-backup = ${word}`)).toBe(true),
  );
  it.each(['false', 'off', 'no'])('%s is off', async (word) =>
    expect(await flagOf(`js7 { journal.cluster { node { is-backup: ${word} } } }`)).toBe(false),
  );
  it('absent is off, the last one wins, what cannot be is told', async () => {
    expect(await flagOf('js7.web.server.auth.public = true')).toBe(false);
    expect(await flagOf('')).toBe(false);
    expect(await flagOf('js7.journal.cluster.node.is-backup = yes\njs7.journal.cluster.node.is-backup = no')).toBe(false);
    expect(await flagOf('js7.journal.cluster.node.is-backup = maybe')).toBe('CONFIG_BROKEN');
  });
  it('private.conf wins over controller.conf, a system property over both', async () => {
    const on = 'js7.journal.cluster.node.is-backup = yes';
    expect(await flagOf(on, { privateConf: 'js7.journal.cluster.node.is-backup = no' })).toBe(false);
    expect(await flagOf(on, { javaOptions: '-Xmx256m -Djs7.journal.cluster.node.is-backup=no' })).toBe(false);
    expect(await flagOf('', { javaOptions: '-Djs7.journal.cluster.node.is-backup=yes' })).toBe(true);
  });
  it('takes variables from the container, not from us', async () => {
    process.env.HANDOVER_TEST_FLAG = 'yes';
    const text = `js7.journal.cluster.node.is-backup = no\njs7.journal.cluster.node.is-backup = \${?HANDOVER_TEST_FLAG}`;
    expect(await flagOf(text)).toBe(false);
    expect(await flagOf(text, { env: { HANDOVER_TEST_FLAG: 'yes' } })).toBe(true);
    delete process.env.HANDOVER_TEST_FLAG;
  });
});

it('reads nodes, public access and the configurations of the recordings', async () => {
  const controllerConf =
    'js7.web.server.auth.public = on\njs7.journal.cluster.nodes { Primary: "http://127.0.0.1:4444", Backup: "http://127.0.0.1:5444" }';
  const privateConf = `js7.configuration.trusted-signature-keys { PGP = \${js7.config-directory}"/private/trusted-pgp-keys" }\njs7.auth.users { A { password = "plain:x", distinguished-names = ["CN=a, O=b"] } }`;
  expect(await readConfig({ controllerConf, privateConf })).toEqual({
    ok: true,
    value: { isBackup: false, publicAccess: true, clusterNodes: { Primary: 'http://127.0.0.1:4444', Backup: 'http://127.0.0.1:5444' } },
  });
});

describe('what a configuration must not do', () => {
  it.each([
    'include file("FILE")',
    'include "FILE"',
    'a { include required("FILE") }',
    'a = include "FILE"',
    'a = 1, require "FILE"',
    'a : @"FILE"',
    'include url("file://FILE")',
  ])('%s', async (line) => {
    const file = join(mkdtempSync(join(tmpdir(), 'handover-conf-')), 'x.conf');
    writeFileSync(file, 'js7.journal.cluster.node.is-backup = yes');
    const r = await readConfig({ controllerConf: `# a comment\n${line.replace('FILE', file)}` });
    expect(r).toMatchObject({ ok: false, error: { code: 'CONFIG_BROKEN', message: expect.stringContaining('Line 2') } });
  });
  it('but the word itself is allowed', async () => {
    expect(await flagOf('a = "include \\"x\\"" # include "y"\ninclude-this = 1\n// require "z"\nmail = "a@b"')).toBe(false);
  });
  it('quote its text in an error', async () => {
    const r = await readConfig({ controllerConf: '', privateConf: 'js7.auth.cluster { password = = "plain:hunter2" }' });
    expect(r).toMatchObject({ ok: false, error: { code: 'CONFIG_BROKEN', message: expect.stringContaining('line 1') } });
    expect(JSON.stringify(r)).not.toContain('hunter2');
  });
});
