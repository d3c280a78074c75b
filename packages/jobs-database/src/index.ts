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
export type {
  AttemptClaim,
  CallOptions,
  CreateOutcome,
  JobCursor,
  JobFilter,
  JobPage,
  JobSearch,
  JobsDatabase,
  JobsDatabaseOptions,
  NewJob,
  Page,
  PageRequest,
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
export type { SubscriptionDocument, SubscriptionStore } from './subscription-store.ts';
export { together } from './together.ts';
