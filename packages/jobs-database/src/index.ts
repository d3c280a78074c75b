export type { CallOptions } from './call-options.ts';
export {
  INDICES,
  JOB_UPDATES_INDEX,
  JOBS_INDEX,
  OPERATIONS_INDEX,
  PROCESSES_INDEX,
  SUBSCRIPTIONS_INDEX,
  WORKERS_INDEX,
} from './indices.ts';
export type { ChangedJob, ChangeSearch } from './job-changes.ts';
export type { JobFilter } from './job-filter.ts';
export type {
  AttemptClaim,
  CreateOutcome,
  JobCursor,
  JobPage,
  JobSearch,
  JobsDatabase,
  JobsDatabaseOptions,
  NewJob,
  ProcessDocument,
  ProcessStore,
  SelectedJobs,
  SelectionPage,
  SetUpOptions,
  SortField,
  SucceededSearch,
  Successor,
  UpdateOutcome,
  WorkerDocument,
  WorkerStore,
} from './jobs-database.ts';
export { mapBounded } from './map-bounded.ts';
export { openJobsDatabase } from './open-jobs-database.ts';
export type { OperationDocument, OperationStore } from './operation-store.ts';
export type { Page, PageRequest } from './page.ts';
export type { SubscriptionDocument, SubscriptionStore } from './subscription-store.ts';
export { together } from './together.ts';
