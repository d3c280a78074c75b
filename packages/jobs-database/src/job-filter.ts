import type { JobState } from '@daybook/jobs';

/** Conditions that a job must all meet. Times are ISO 8601, bounds inclusive. */
export interface JobFilter {
  readonly ids?: readonly string[];
  readonly processIds?: readonly string[];
  readonly states?: readonly JobState[];
  readonly statuses?: readonly string[];
  readonly userIds?: readonly string[];
  readonly errorClasses?: readonly string[];
  /** Jobs that have all of them. */
  readonly labels?: readonly string[];
  /** Jobs that have all of them, each `name=value`. */
  readonly inputValues?: readonly string[];
  readonly outputValues?: readonly string[];
  readonly submitTime?: { readonly from?: string; readonly to?: string };
  /** Seconds. */
  readonly duration?: { readonly min?: number; readonly max?: number };
  readonly final?: boolean;
  /** In the query string syntax of Lucene, over all fields; terms are joined by AND. */
  readonly queryString?: string;
}
