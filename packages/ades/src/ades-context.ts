import type { FetchPolicy } from '@daybook/cwltool';
import type { Json, SecretKeys } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import type { OutputStore } from '@daybook/output-store';
import type { AdesLimits, Packer } from './ades-options.ts';
import type { BuiltInRunner } from './built-in/built-in-runner.ts';
import type { CallbackSweep } from './callbacks/callback-sweep.ts';
import type { JobEvents } from './events/job-events.ts';
import type { PartHealth } from './health.ts';
import type { ConcurrencyGate } from './http/concurrency-gate.ts';
import type { JobWaiter } from './jobs/job-waiter.ts';
import type { RequestQueue } from './queue/request-queue.ts';
import type { WatchedQueue } from './queues/list-queues.ts';

/** What every route works with. */
export interface AdesContext {
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly database: JobsDatabase;
  readonly requestQueue: RequestQueue;
  readonly queues: readonly WatchedQueue[];
  readonly jobWaiter: JobWaiter;
  /** Waits of those who follow a log until its job ends. */
  readonly followers: JobWaiter;
  /** Where single execute requests enter. */
  readonly executing: ConcurrencyGate;
  readonly jobEvents: JobEvents;
  readonly builtInRunner: BuiltInRunner;
  /** Has operations looked for that were just made. */
  readonly wakeOperations: () => void;
  readonly callbacks: Pick<CallbackSweep, 'wake'>;
  readonly packer: Packer | undefined;
  readonly fetchPolicy: FetchPolicy;
  readonly outputStore: OutputStore;
  /** Inputs that the worker fills in where a process declares them; those of a job itself are added per job. */
  readonly serverInputs: Readonly<Record<string, Json>>;
  /** Patterns of the ids of inputs that are secret whatever their process says. */
  readonly secretInputs: readonly string[];
  readonly secretKeys: SecretKeys;
  readonly health: () => Promise<readonly PartHealth[]>;
  readonly limits: AdesLimits;
}
