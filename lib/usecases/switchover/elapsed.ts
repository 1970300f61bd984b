import 'server-only';
import type { RunContext } from './context';

/** Milliseconds of a clock that nobody sets and that never jumps: for how long something lasts. When something happened is told by `ctx.clock`. */
export const elapsed = (ctx: RunContext): number => ctx.elapsed?.() ?? performance.now();
