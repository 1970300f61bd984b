import 'server-only';
import { expect, test } from 'vitest';
import { codeOf, DATA, type EngineWorld, fresh, put, READY_SCRIPT, startReady, text, value } from './world';

/** Commands name paths of volumes as whole arguments, never inside of a longer text: a world without containers translates them. */
export function helperCases(world: () => EngineWorld): void {
  async function make(word: string) {
    const name = fresh(word);
    await world().create({ name, volumes: [{ target: DATA }] });
    return name;
  }

  test('exit code and both outputs come back; arguments arrive as given', async () => {
    const name = await make('helper');
    const outcome = value(
      await world().engine.runHelper(name, {
        command: ['sh', '-c', 'echo "$1"; echo error >&2; exit 3', 'x', `a "b" $c '\n`],
        timeoutSeconds: 20,
      }),
    );
    expect(outcome).toEqual({ exitCode: 3, stdout: `a "b" $c '\n\n`, stderr: 'error\n' });
  });

  test('it sees the volumes of a running instance, and those of another one', async () => {
    const [a, b] = [await make('helper-a'), await make('helper-b')];
    await startReady(world().engine, a);
    await put(world().engine.files(a), `${DATA}/from`, 'the journal');
    const copy = value(
      await world().engine.runHelper(a, {
        command: ['cp', `${DATA}/from`, `/handover/${b}${DATA}/to`],
        alsoVolumesOf: [b],
        timeoutSeconds: 20,
      }),
    );
    expect(copy).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await text(world().engine.files(b), `${DATA}/to`)).toBe('the journal');
    expect(codeOf(await world().engine.runHelper(a, { command: ['true'], alsoVolumesOf: [fresh('none')], timeoutSeconds: 20 }))).toBe(
      'INSTANCE_NOT_FOUND',
    );
  });

  test('asked to be read-only it cannot write', async () => {
    const name = await make('helper-ro');
    const outcome = value(await world().engine.runHelper(name, { command: ['touch', `${DATA}/new`], readOnly: true, timeoutSeconds: 20 }));
    expect(outcome.exitCode).not.toBe(0);
    expect(value(await world().engine.files(name).list(DATA))).toEqual([]);
  });

  test('a command that does not end is ended: HELPER_FAILED in bounded time', async () => {
    const name = await make('helper-slow');
    const from = performance.now();
    const outcome = await world().engine.runHelper(name, { command: ['sleep', '600'], timeoutSeconds: 1 });
    expect(codeOf(outcome)).toBe('HELPER_FAILED');
    expect(performance.now() - from).toBeLessThan(20_000);
  });

  test('output is bounded to 1 MiB each, and what writes more still ends', async () => {
    const name = await make('helper-loud');
    const loud = 'i=0; while [ $i -lt 3000 ]; do printf "%01000d" 7; i=$((i+1)); done; exit 5';
    const outcome = value(await world().engine.runHelper(name, { command: ['sh', '-c', loud], timeoutSeconds: 60 }));
    expect(outcome.exitCode).toBe(5);
    expect(outcome.stdout.length).toBe(1_048_576);
  });

  test('a user id is heeded', async ({ skip }) => {
    if (!world().can.owners) skip();
    const name = await make('helper-user');
    expect(value(await world().engine.runHelper(name, { command: ['id', '-u'], user: '1234:1234', timeoutSeconds: 20 })).stdout).toBe(
      '1234\n',
    );
    expect(value(await world().engine.runHelper(name, { command: ['id', '-u'], timeoutSeconds: 20 })).stdout).toBe('0\n');
  });

  test('in the network of an instance that runs it reaches what listens there, and has none of its volumes; a helper without network reaches nothing', async ({
    skip,
  }) => {
    if (!world().can.networks) skip();
    const { engine } = world();
    const name = fresh('helper-net');
    const ports = [{ inside: 8080, outside: 0, hostIp: '127.0.0.1', protocol: 'tcp' as const }];
    const script = `echo here >/tmp/index.html; httpd -p 127.0.0.1:8080 -h /tmp; ${READY_SCRIPT}`;
    await world().create({ name, ports, script, volumes: [{ target: DATA }] });
    await startReady(engine, name);
    await put(engine.files(name), `${DATA}/journal`, 'secret');
    const command = ['busybox', 'wget', '-q', '-O', '-', 'http://127.0.0.1:8080/index.html'];
    expect(value(await engine.runHelper(name, { command, timeoutSeconds: 20, network: 'own' }))).toMatchObject({
      exitCode: 0,
      stdout: 'here\n',
    });
    expect(value(await engine.runHelper(name, { command, timeoutSeconds: 20 })).exitCode).not.toBe(0);
    const look = { command: ['cat', `${DATA}/journal`], timeoutSeconds: 20, network: 'own' as const };
    expect(value(await engine.runHelper(name, look)).exitCode).not.toBe(0);
    expect(value(await engine.runHelper(name, { ...look, alsoVolumesOf: [name] })).exitCode).not.toBe(0);
    expect((await engine.inspect(name)).ok && (value(await engine.inspect(name)) as { state: string }).state).toBe('running');
  });

  test('where an instance does not run, or its world has no networks, its network is refused', async () => {
    const name = await make('helper-no-net');
    const outcome = await world().engine.runHelper(name, { command: ['true'], timeoutSeconds: 20, network: 'own' });
    expect(codeOf(outcome)).toBe(world().can.networks ? 'CONFLICT' : 'HELPER_FAILED');
  });

  test('a command that is not in the image is HELPER_FAILED or exit code 126 or 127', async () => {
    const name = await make('helper-none');
    const outcome = await world().engine.runHelper(name, { command: ['/no/such/program'], timeoutSeconds: 20 });
    expect(outcome.ok ? outcome.value.exitCode : outcome.error.code).toSatisfy(
      (v: unknown) => v === 126 || v === 127 || v === 'HELPER_FAILED',
    );
  });
}
