import type { DaybookError, ErrorCode } from '@daybook/errors';
import type { CollectedOutputs } from './collect-outputs.ts';
import type { JobResources } from './resource-ledger.ts';

/** Why a job failed. */
interface JobFailure {
  /** The reason first, for the one who reads the job; then what helps to find the cause. */
  readonly error: string;
  readonly failedStep?: string;
  readonly exitCode?: number;
}

/** How the run of a job ended. */
export type JobEnd =
  | { readonly status: 'succeeded'; readonly collected: CollectedOutputs; readonly resources: JobResources }
  | { readonly status: 'failed'; readonly failure: JobFailure; readonly resources?: JobResources }
  /** Through no fault of the job's; it may be run again. */
  | { readonly status: 'interrupted'; readonly reason: string };

/** The codes of errors that the same job would meet again, wherever it runs. */
const OWN_FAULTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-argument',
  'unsupported',
  'not-found',
  'already-exists',
  'forbidden',
  'limit-exceeded',
  'corrupt',
]);

/** Whether an error is the job's own fault, so that another attempt would meet it again. */
export function isOwnFault(error: DaybookError): boolean {
  return OWN_FAULTS.has(error.code);
}
