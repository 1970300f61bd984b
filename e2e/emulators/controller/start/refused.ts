/** The start is refused: the reason on stderr, exit code 1, no port was open (controller-api 7.1, 10.2). */
export class StartRefused extends Error {}
