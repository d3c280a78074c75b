import type { Stop } from './stop.ts';

/** An attempt as the rest of the worker sees it. */
export interface RunningAttempt {
  readonly jobId: string;
  readonly stop: Stop;
}
