import { DaybookError } from '@daybook/errors';
import { type ExceptionBody, renderException } from '../http/render-exception.ts';

/** What became of one item of a batch. */
export type BatchItem =
  /** In a dry run: it would be submitted. */
  | { readonly line: number }
  | { readonly line: number; readonly jobID: string; readonly status: string }
  | { readonly line: number; readonly jobID: string; readonly deduplicated: true }
  | { readonly line: number; readonly error: ExceptionBody };

/** The answer to a batch. */
export interface BatchAnswer {
  readonly processID: string;
  readonly 'dry-run': boolean;
  readonly submitted: number;
  readonly deduplicated: number;
  readonly failed: number;
  readonly items: readonly BatchItem[];
}

/** The item of that line failed; faults of ours show nothing of their inside. */
export function failedItem(line: number, error: unknown): BatchItem {
  return { line, error: renderException(error) };
}

/** The answer with its counts. */
export function batchAnswer(processID: string, dryRun: boolean, items: readonly BatchItem[]): BatchAnswer {
  const failed = items.filter((item) => 'error' in item).length;
  const deduplicated = items.filter((item) => 'deduplicated' in item).length;
  return {
    processID,
    'dry-run': dryRun,
    submitted: items.length - failed - deduplicated,
    deduplicated,
    failed,
    items,
  };
}

/** The database did not take a job, for ever or for now. */
export function notTaken(
  jobId: string,
  outcome: { readonly result: 'refused' | 'unavailable'; readonly reason: string },
): DaybookError {
  return new DaybookError(
    outcome.result === 'refused' ? 'invalid-argument' : 'unavailable',
    `The jobs database did not take job ${jobId}: ${outcome.reason}`,
  );
}
