import 'server-only';
import { StoreError } from '../ports/store';
import { tellCallers } from './caller';
import { readEnv } from './env';
import { getRuntime } from './runtime';

/** What is still open after this long is given up: a signal must end the process soon. */
const CLOSE_MS = 8_000;

/** Starts what lives as long as the process, and ends it on SIGTERM and SIGINT. What cannot start says why and exits with 1. */
export async function startProcess(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void endProcess());
  // An outside system must never end Handover by a promise that nobody waits for.
  process.on('unhandledRejection', (e) => globalThis.handover?.log.error({ err: e }, 'unhandled rejection'));
  try {
    tellCallers(readEnv(process.env).trustedProxies);
    await getRuntime();
  } catch (e) {
    const text =
      e instanceof StoreError
        ? [e.problem.message, e.problem.remedy].filter(Boolean).join('\n')
        : e instanceof Error
          ? e.message
          : String(e);
    process.stderr.write(`Handover cannot start.\n${text}\n`);
    process.exit(1);
  }
}

async function endProcess(): Promise<void> {
  const given = setTimeout(() => process.exit(0), CLOSE_MS);
  const runtime = await getRuntime().catch(() => undefined);
  await runtime?.close();
  clearTimeout(given);
  process.exit(0);
}
