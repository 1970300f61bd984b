import 'server-only';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Engine } from '../../ports/engine';
import type { InstanceSpec, Making } from '../../ports/making';
import { codeOf, DATA, type EngineWorld, fresh, startReady, until, value } from './world';

const SETUP = 'setup-1';
const making = (engine: Engine): Making => engine.making;
function fail(why: string): never {
  throw new Error(why);
}
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : fail('no port');
}

export function makingCases(world: () => EngineWorld): void {
  const make = () => making(world().engine);
  /** A spec with a network and a volume that are there, made by the set-up. */
  async function specFor(name: string, more: Partial<InstanceSpec> = {}): Promise<InstanceSpec> {
    const image = await world().image();
    value(await make().makeNetwork(`${name}-net`, SETUP));
    value(await make().makeVolume(`${name}-data`, SETUP));
    return {
      name,
      hostname: `${name}-host`,
      imageDigest: image.digest,
      imageRef: image.ref,
      env: { RUN_JS_ID: 'controller', ODD: 'a=b c' },
      labels: { owner: 'the suite' },
      mounts: [{ kind: 'volume', source: `${name}-data`, target: DATA }],
      networks: [{ network: `${name}-net`, aliases: [`${name}-alias`] }],
      ports: [],
      restartPolicy: { name: 'no' },
      ...more,
    };
  }
  const aliasesIn = async (name: string, network: string) => {
    const seen = value(await world().engine.inspect(name));
    if (seen === 'absent') throw new Error(`${name} is absent`);
    const found = seen.networks.find((n) => n.network === network);
    // Some engines count the hostname among them: it resolves anyway.
    return found && { aliases: found.aliases.filter((a) => a !== seen.hostname).sort(), ...(found.fixedIp && { fixedIp: found.fixedIp }) };
  };

  test('networks: made once, known again, removed only by who made it and only when nothing is in it', async () => {
    const name = fresh('net');
    value(await make().makeNetwork(name, SETUP));
    value(await make().makeNetwork(name, SETUP));
    expect(codeOf(await make().makeNetwork(name, 'another'))).toBe('CONFLICT');
    const seen = value(await make().networks()).find((n) => n.name === name);
    expect(seen).toMatchObject({ name, internal: false });
    expect(seen?.id).not.toBe('');
    expect(codeOf(await make().removeNetwork(name, 'another'))).toBe('CONFLICT');
    value(await make().removeNetwork(name, SETUP));
    value(await make().removeNetwork(name, SETUP));
    expect(value(await make().networks()).map((n) => n.name)).not.toContain(name);
  });

  test('volumes: made once, known again, removed only by who made it and only when nothing mounts it', async () => {
    const name = fresh('vol');
    value(await make().makeVolume(name, SETUP));
    value(await make().makeVolume(name, SETUP));
    expect(codeOf(await make().makeVolume(name, 'another'))).toBe('CONFLICT');
    expect(value(await make().volumes()).find((v) => v.name === name)?.labels).toEqual({ 'handover.setup': SETUP });
    expect(codeOf(await make().removeVolume(name, 'another'))).toBe('CONFLICT');
    value(await make().removeVolume(name, SETUP));
    value(await make().removeVolume(name, SETUP));
    expect(value(await make().volumes()).map((v) => v.name)).not.toContain(name);
  });

  test('an image is found by digest and by reference; what is not there is absent', async () => {
    const { digest, ref } = await world().image();
    const byDigest = value(await make().image(digest));
    expect(byDigest).toMatchObject({ digest });
    expect(value(await make().image(ref))).toEqual(byDigest);
    expect(value(await make().images()).find((i) => i.digest === digest)).toMatchObject({ refs: [ref] });
    expect(byDigest === 'absent' ? 0 : byDigest.bytes).toBeGreaterThan(0);
    for (const which of [`sha256:${'0'.repeat(64)}`, 'no/such:1', '../x', '']) expect(value(await make().image(which))).toBe('absent');
  });

  test('an instance is made as asked, not started, and works when it is', async () => {
    const name = fresh('made');
    const port = await freePort();
    const spec = await specFor(name, {
      ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: port }],
      restartPolicy: { name: 'on-failure', maxRetries: 3 },
    });
    const made = value(await make().makeInstance(spec, SETUP));
    expect(made).toEqual(value(await world().engine.inspect(name)));
    expect(await aliasesIn(name, `${name}-net`)).toEqual({ aliases: [`${name}-alias`] });
    expect(made).toMatchObject({
      name,
      hostname: `${name}-host`,
      state: 'created',
      image: await world().image(),
      labels: { owner: 'the suite', 'handover.setup': SETUP },
      env: { RUN_JS_ID: 'controller', ODD: 'a=b c' },
      mounts: [{ kind: 'volume', source: `${name}-data`, target: DATA, readOnly: false }],
      networks: [{ network: `${name}-net` }],
      ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: port }],
      restartPolicy: { name: 'on-failure', maxRetries: 3 },
    });
    await startReady(world().engine, name);
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    value(await make().removeInstance(name, SETUP));
  });

  test('made again it is the same; a name that another has is a conflict', async () => {
    const name = fresh('again');
    const spec = await specFor(name, { networks: [] });
    const first = value(await make().makeInstance(spec, SETUP));
    expect(value(await make().makeInstance(spec, SETUP)).id).toBe(first.id);
    const outcome = await make().makeInstance(spec, 'another');
    expect(codeOf(outcome)).toBe('CONFLICT');
    expect(outcome.ok ? '' : outcome.error.message).toContain(name);
    const foreign = fresh('foreign');
    await world().create({ name: foreign });
    expect(codeOf(await make().makeInstance({ ...spec, name: foreign }, SETUP))).toBe('CONFLICT');
    expect(codeOf(await make().removeInstance(foreign, SETUP))).toBe('CONFLICT');
    value(await make().removeInstance(name, SETUP));
  });

  test('what a new instance needs must be there; otherwise nothing is made', async () => {
    const name = fresh('needs');
    const spec = await specFor(name);
    const gone = fresh('gone');
    const attempts = {
      IMAGE_NOT_FOUND: { ...spec, imageDigest: `sha256:${'1'.repeat(64)}` },
      NETWORK_NOT_FOUND: { ...spec, networks: [{ network: gone, aliases: [] }] },
      PATH_NOT_FOUND: { ...spec, mounts: [{ kind: 'volume' as const, source: gone, target: DATA }] },
    };
    for (const [code, wrong] of Object.entries(attempts)) expect(codeOf(await make().makeInstance(wrong, SETUP))).toBe(code);
    expect(value(await world().engine.inspect(name))).toBe('absent');
    expect(value(await make().volumes()).map((v) => v.name)).not.toContain(gone);
  });

  test('only what the set-up made is removed, only when it does not run; its volumes stay', async () => {
    const name = fresh('remove');
    const spec = await specFor(name);
    value(await make().makeInstance(spec, SETUP));
    await startReady(world().engine, name);
    expect(codeOf(await make().removeInstance(name, SETUP))).toBe('CONFLICT');
    expect(codeOf(await make().removeVolume(`${name}-data`, SETUP))).toBe('CONFLICT');
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    expect(codeOf(await make().removeInstance(name, 'another'))).toBe('CONFLICT');
    value(await make().removeInstance(name, SETUP));
    value(await make().removeInstance(name, SETUP));
    expect(value(await world().engine.inspect(name))).toBe('absent');
    expect(value(await make().volumes()).map((v) => v.name)).toContain(`${name}-data`);
    value(await make().removeVolume(`${name}-data`, SETUP));
    value(await make().removeNetwork(`${name}-net`, SETUP));
  });

  test('a port that something else has is told when it is started', async () => {
    const name = fresh('port');
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const outside = typeof address === 'object' && address ? address.port : 0;
    try {
      const spec = await specFor(name, { ports: [{ inside: 4444, hostIp: '127.0.0.1', outside }] });
      value(await make().makeInstance(spec, SETUP));
      const started = await world().engine.start(name);
      expect(codeOf(started)).toBe('PORT_TAKEN');
      expect(started.ok ? '' : started.error.message).toContain(String(outside));
    } finally {
      await new Promise((done) => holder.close(done));
    }
    await startReady(world().engine, name);
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    value(await make().removeInstance(name, SETUP));
  });

  test('aliases are set as told, of an instance that runs and of one that does not; other networks stay', async () => {
    const name = fresh('alias');
    const [one, two] = [`${name}-net`, `${name}-two`];
    value(await make().makeNetwork(two, SETUP));
    value(await make().makeInstance(await specFor(name), SETUP));
    value(await make().setAliases(name, one, ['js7-live', `${name}-alias`]));
    expect(await aliasesIn(name, one)).toEqual({ aliases: ['js7-live', `${name}-alias`] });
    value(await make().setAliases(name, two, ['second']));
    value(await make().setAliases(name, two, ['second']));
    expect(await aliasesIn(name, two)).toEqual({ aliases: ['second'] });
    await startReady(world().engine, name);
    expect(await aliasesIn(name, one)).toEqual({ aliases: ['js7-live', `${name}-alias`] });
    value(await make().setAliases(name, one, []));
    expect(await aliasesIn(name, one)).toEqual({ aliases: [] });
    expect(await aliasesIn(name, two)).toEqual({ aliases: ['second'] });
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    value(await make().setAliases(name, one, ['js7-live']));
    expect(await aliasesIn(name, one)).toEqual({ aliases: ['js7-live'] });
    expect(codeOf(await make().setAliases(name, fresh('none'), ['a']))).toBe('NETWORK_NOT_FOUND');
    expect(codeOf(await make().setAliases(fresh('none'), one, ['a']))).toBe('INSTANCE_NOT_FOUND');
    value(await make().removeInstance(name, SETUP));
    for (const net of [one, two]) value(await make().removeNetwork(net, SETUP));
  });

  test('an image goes to an engine that does not have it; a broken archive and a cancelled transfer leave none', async () => {
    const { digest, ref } = await world().image();
    const other = await world().another();
    expect(value(await making(other).image(digest))).toBe('absent');
    expect(codeOf(await make().saveImage(`sha256:${'2'.repeat(64)}`))).toBe('IMAGE_NOT_FOUND');

    const broken = new PassThrough();
    broken.end('this is no archive of an image');
    expect(codeOf(await making(other).loadImage(broken))).toBe('ENGINE_ERROR');

    const abort = new AbortController();
    const cut: Readable = value(await make().saveImage(digest, abort.signal));
    const loading = making(other).loadImage(cut, { onBytes: () => abort.abort(), signal: abort.signal });
    expect(codeOf(await loading)).not.toBe('ok');
    expect(value(await making(other).image(digest))).toBe('absent');

    let bytes = 0;
    const archive = value(await make().saveImage(digest));
    value(
      await making(other).loadImage(archive, {
        onBytes: (n) => {
          expect(n).toBeGreaterThan(bytes);
          bytes = n;
        },
      }),
    );
    expect(bytes).toBeGreaterThan(0);
    expect(value(await making(other).image(digest))).toMatchObject({ digest, refs: [ref] });
    const name = fresh('there');
    const spec: InstanceSpec = {
      name,
      hostname: name,
      imageDigest: digest,
      imageRef: ref,
      env: {},
      labels: {},
      mounts: [],
      networks: [],
      ports: [],
      restartPolicy: { name: 'no' },
    };
    value(await making(other).makeInstance(spec, SETUP));
    await startReady(other, name);
    value(await other.stop(name, { timeoutSeconds: 5 }));
    value(await making(other).removeInstance(name, SETUP));
    await until('it is gone', async () => value(await other.inspect(name)) === 'absent');
  }, 120_000);
}
