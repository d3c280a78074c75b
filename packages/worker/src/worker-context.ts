import type { RunningAttempt } from './attempt/running-attempt.ts';
import type { ResolvedWorkerOptions } from './options.ts';
import type { JobRuntime } from './run/execute-job.ts';
import type { UpdatePublisher } from './update-publisher.ts';
import type { WorkDirectory } from './work-directory.ts';

/** What the parts of one worker share. */
export interface WorkerContext {
  readonly options: ResolvedWorkerOptions;
  readonly publisher: UpdatePublisher;
  readonly workDirectory: WorkDirectory;
  readonly runtime: JobRuntime;
  /** The attempts under way; each adds and removes itself. */
  readonly running: Set<RunningAttempt>;
}
