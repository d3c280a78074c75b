import type { JobDocument } from '@daybook/jobs';

/** What became of a job that was deleted. */
export interface DismissedJob {
  readonly job: JobDocument;
  readonly time: string;
  readonly message: string;
}
