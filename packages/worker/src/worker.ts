import type { CwltoolHealth } from '@daybook/cwltool';

/** How a worker ends. */
export interface StopOptions {
  /** `finish` waits for the running jobs; `hand-back` stops them and gives their requests to other workers at once. */
  readonly mode: 'finish' | 'hand-back';
  /** How long `finish` waits before it hands back what still runs. */
  readonly timeoutMs: number;
}

/** What the health report shows of a worker. */
export interface WorkerHealth {
  /** `waiting`: no job is taken, because of `reason`; accepted jobs stay in the queue. */
  readonly state: 'running' | 'waiting' | 'stopping' | 'stopped';
  readonly id: string;
  readonly slots: number;
  readonly runningJobs: readonly string[];
  /** What keeps the worker from taking jobs, and what to do about it; or the part that it cannot reach just now. */
  readonly reason?: string;
  /** Why jobs run without a sandbox; absent where they have one. */
  readonly sandboxReason?: string;
  /** How cwltool runs; absent until it does. */
  readonly cwltool?: Pick<CwltoolHealth, 'mode' | 'cwltoolVersion'>;
}

/** A worker that takes jobs from the request queue and runs them. */
export interface Worker {
  /** Ends the worker; resolves when no job of its runs any more. Later calls wait for the first one. */
  stop(options: StopOptions): Promise<void>;
  health(): WorkerHealth;
}
