/**
 * Why an attempt ends before its verdict: the queue no longer keeps the job for this worker; a user dismissed it; the
 * worker gives it back.
 */
export type StopCause = 'lease-lost' | 'dismissed' | 'hand-back';

/** The one switch that ends an attempt from outside. */
export interface Stop {
  /** Aborted once the attempt is to end. */
  readonly signal: AbortSignal;
  /** Undefined until then. */
  readonly cause: StopCause | undefined;
  /** Ends the attempt. The first cause stays, except that a lost lease outranks the others: nothing may be said any more. */
  stop(cause: StopCause): void;
}

/** A switch that is not pulled yet. */
export function createStop(): Stop {
  const controller = new AbortController();
  let first: StopCause | undefined;
  return {
    signal: controller.signal,
    get cause() {
      return first;
    },
    stop(cause) {
      if (first === undefined || cause === 'lease-lost') {
        first = cause;
      }
      controller.abort(new Error(`The attempt is to end: ${cause}`));
    },
  };
}
