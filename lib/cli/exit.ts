/** Exit codes of `handover`, part of its interface: scripts decide by them. Printed by `handover --help`. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  blocked: 3,
  refused: 4,
  unreachable: 5,
  asks: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_TEXT: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'done; what was asked for is so'],
  [EXIT.failed, 'failed, or the run did not end as it was meant to; guard: an alarm stands, or something is unknown'],
  [EXIT.usage, 'wrong arguments, or a confirmation is missing'],
  [EXIT.blocked, 'checks block, could not be measured, or warnings were not accepted'],
  [EXIT.refused, 'Handover refused: the world has changed, another run is open, or the right is missing'],
  [EXIT.unreachable, 'no Handover answers'],
  [EXIT.asks, 'the run waits for a person to choose'],
];

/** Ends the command with a code and words for stderr. */
export class Stop extends Error {
  constructor(
    readonly code: ExitCode,
    message: string,
    readonly remedy?: string,
    /** It may be otherwise in a moment: Handover is being started again. */
    readonly passing = false,
  ) {
    super(message);
  }
}
