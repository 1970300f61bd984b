// Runs a command of the test run: output into .tmp/test/NAME.log, and onto the screen when it failed.
import { spawn } from 'node:child_process';
import { appendFileSync, createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';
import { PATH } from './system.mjs';

export const folder = join(root, '.tmp/test');

/** Resolves with exit code, output and seconds; never rejects. A command that outlives `minutes` is ended and has failed. */
export function run(name, command, args, { env = {}, minutes = 25 } = {}) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.log`);
  const log = createWriteStream(file);
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, PATH, FORCE_COLOR: '0', ...env },
    });
    children.add(child);
    const timer = setTimeout(() => {
      log.write(`\nENDED: not finished after ${minutes} minutes\n`);
      endGroup(child, 'SIGTERM');
      setTimeout(() => endGroup(child, 'SIGKILL'), 10_000).unref();
    }, minutes * 60_000);
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on('error', (e) => log.write(`${e.message}\n`));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      children.delete(child);
      log.end(() => {
        const output = readFileSync(file, 'utf8');
        if (code !== 0) appendFileSync(file, `\nended with ${signal ?? `exit code ${code}`}\n`);
        resolve({ code: code ?? 1, output, seconds: (performance.now() - started) / 1000 });
      });
    });
  });
}

/** Runs a JavaScript file of a package or of ours with this Node. */
export function node(name, args, options) {
  return run(name, process.execPath, args, options);
}

const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) endGroup(child, 'SIGTERM');
    process.exit(130);
  });
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}
