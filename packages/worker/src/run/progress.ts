import type { RunEvent } from '@daybook/cwltool';

/** How far a run is. */
export interface Progress {
  /** 0 to 99, the share of top-level steps that have ended; 100 is the verdict's. */
  readonly progress: number;
  /** The step that was started last of those that still run. */
  readonly step?: string;
}

/** Follows a run by its events. */
export interface ProgressTracker {
  /** Takes an event in; the new state where it has changed. */
  apply(event: RunEvent): Progress | undefined;
}

/** A tracker of a run that has not begun. */
export function createProgressTracker(): ProgressTracker {
  let plan: ReadonlySet<string> = new Set();
  const ended = new Set<string>();
  const running = new Set<string>();
  let last: Progress = { progress: 0 };

  const update = (event: RunEvent): void => {
    if (event.type === 'plan') {
      plan = new Set(event.steps);
    } else if (event.type === 'step-started') {
      running.add(event.step);
    } else if (event.type === 'step-ended') {
      running.delete(event.step);
      if (plan.has(event.step)) {
        ended.add(event.step);
      }
    }
  };

  return {
    apply(event) {
      update(event);
      const step = [...running].at(-1) ?? last.step;
      const progress = plan.size === 0 ? 0 : Math.min(99, Math.floor((100 * ended.size) / plan.size));
      if (progress === last.progress && step === last.step) {
        return undefined;
      }
      last = step === undefined ? { progress } : { progress, step };
      return last;
    },
  };
}
