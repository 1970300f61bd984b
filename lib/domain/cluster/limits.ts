/** Time limits of the judgement, ms. Freshness (10 s, 30 s) stands in reading.ts. */

/** A reading older than this says nothing about now: its value is unknown. */
export const LOST_MS = 60_000;
/** So long after its container's start a silent Controller is "starting" (a start takes 4-10 s, 14-26 s with a large journal: controller-api-proved.md, timing). */
export const START_MS = 60_000;
/** So long after a stop was asked for the instance is "stopping" (`docker stop --time 120`, and then the kill). */
export const STOP_MS = 150_000;
/** An answer of the Controller up to this much after the end of its container is taken for its last one: the two are read at different moments. */
export const LAST_WORD_MS = 3_000;
/** `PreparedToBeCoupled` is a warning for so long, then bad (design/README.md section 9). */
export const COUPLING_MS = 60_000;
/** A passive node takes over about 22 s after the loss of the active one (controller-api-proved.md); until then "nobody works" is expected. */
export const FAIL_OVER_MS = 30_000;
