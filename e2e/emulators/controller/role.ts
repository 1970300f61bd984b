/** What this node is at the moment, and who waits for it to become something else (controller-api 1.0). */

/**
 * `waiting`: 503 ClusterNodeIsNotReady. `blocked`: was active and coupled, cannot reach its peer; whatever needs the node's state does not
 * answer at all. `unappointed`: a backup without journal. `zombie`: appointed with the other one as active (recording 07b).
 */
export type Phase = 'starting' | 'unappointed' | 'waiting' | 'blocked' | 'passive' | 'active' | 'zombie';

/** Whether orders are kept: an active node refuses commands, lets them hang, or executes them. */
export type Readiness = 'refusing' | 'hanging' | 'ready';

export type Closing = 'shutting down' | 'switching over' | 'terminated';

export class Role {
  phase: Phase = 'starting';
  readiness: Readiness = 'refusing';
  closing: Closing | undefined;
  #waiting: (() => void)[] = [];

  become(phase: Phase, readiness: Readiness = 'refusing'): void {
    this.phase = phase;
    this.readiness = readiness;
    this.changed();
  }

  close(closing: Closing | undefined): void {
    this.closing = closing;
    this.changed();
  }

  changed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one();
  }

  /** Resolves when the condition holds; never, if it never does: so does the real one. */
  async until(condition: (role: Role) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
