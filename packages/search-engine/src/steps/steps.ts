/**
 * A computation in steps: it yields where other work may run in between, at most some milliseconds after it was resumed. What it
 * reads must stay as it is until it has ended.
 */
export type Steps<T> = Generator<void, T, void>;

/** Takes all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Ends steps before they are all taken: what they have borrowed is given back. */
export function leave<T>(steps: Steps<T>): void {
  steps.return(undefined as T);
}
