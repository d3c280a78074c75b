import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import type { JobDocument, JobUpdate, JsonObject } from '@daybook/jobs';
import type { CallOptions } from './call-options.ts';
import type { ChangedJob, ChangeSearch } from './job-changes.ts';
import type { JobFilter } from './job-filter.ts';
import type { OperationStore } from './operation-store.ts';
import type { Page, PageRequest } from './page.ts';
import type { SubscriptionStore } from './subscription-store.ts';

/** The jobs database: every read and write of it that Daybook's own parts make. Any number may be open at once. */
export interface JobsDatabase {
  /**
   * Brings templates and indices to this program's version and waits until they can be used. Safe to call from several
   * processes at once, and again. 'timeout' when the database is not usable in time.
   */
  setUp(options?: SetUpOptions): Promise<void>;

  /**
   * Creates a job's document and its first history entry. The same submission again is no error; a job of that id from
   * another submission is 'already-exists'. `fields` of the caller's own stand in a document that this call creates; they are no part of
   * the merge and survive it as users' fields do.
   */
  createJob(submission: JobUpdate, fields?: Readonly<Record<string, unknown>>): Promise<JobDocument>;

  /** The same for many jobs, in bulk; one outcome per job, in their order. */
  createJobs(jobs: readonly NewJob[]): Promise<readonly CreateOutcome[]>;

  /** Of the jobs that succeeded and still have their outputs, the last of each of these inputs: hash of the inputs → job id. As searches see it. */
  findSucceeded(search: SucceededSearch, options?: CallOptions): Promise<ReadonlyMap<string, string>>;

  /**
   * Merges updates into their jobs, in any order and with any duplicates, and records each in the history. One outcome per
   * update, in their order. Throws nothing for what a message says or because the database is away.
   */
  applyUpdates(updates: readonly JobUpdate[], options?: CallOptions): Promise<readonly UpdateOutcome[]>;

  /** The job's document as it stands now, also before a refresh. */
  getJob(id: string, options?: CallOptions): Promise<JobDocument | undefined>;

  /** The jobs that exist of `ids`, in their order; read in one request for each 1,000. `withoutFields` are left out of the documents. */
  getJobs(
    ids: readonly string[],
    options?: CallOptions & { readonly withoutFields?: readonly string[] },
  ): Promise<readonly JobDocument[]>;

  /** One page of the jobs that `search` selects, as searches see them, without `merge`, `results` and `resources`. */
  searchJobs(search: JobSearch, options?: CallOptions): Promise<JobPage>;

  /** A search of the jobs in the Elasticsearch DSL, answered as the engine answers it. 'invalid-argument' for one that it does not take. */
  rawSearch(body: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<JsonObject>;

  /** One page of the ids of jobs that a query of the Elasticsearch DSL selects, in their order. As searches see it. */
  selectJobs(query: unknown, page: SelectionPage, options?: CallOptions): Promise<SelectedJobs>;

  /** How many jobs {@link JobsDatabase.selectJobs} would give. */
  countJobs(query: unknown, options?: CallOptions): Promise<number>;

  /** Makes every write of a job that was answered visible to searches. */
  refreshJobs(options?: CallOptions): Promise<void>;

  /**
   * Writes `superseded-by` into jobs that have none. Gives, by job id, the one that stands: that of the first of several calls. A job that does not exist has none.
   */
  supersede(successors: readonly Successor[], options?: CallOptions): Promise<ReadonlyMap<string, string>>;

  /** Up to `limit` jobs in the order of their last writes, without long members: changes that a search sees. */
  changedJobs(search: ChangeSearch, options?: CallOptions): Promise<readonly ChangedJob[]>;

  /** The number of the last write of a job that a search sees; -1 where there is none. */
  lastChange(options?: CallOptions): Promise<number>;

  /** One page of the updates of a job as they came, in the order of their times. */
  updatesOf(jobId: string, page?: PageRequest, options?: CallOptions): Promise<Page<JobUpdate>>;

  /** Claims the next attempt of a job for `worker`; no two calls ever get one number of one job. */
  claimAttempt(jobId: string, worker: string, options?: CallOptions): Promise<AttemptClaim>;

  /** Writes `queue-time` into the jobs that exist; resolves with the ids that could not be written for now. */
  markQueued(ids: readonly string[], options?: CallOptions & { readonly time?: Date }): Promise<readonly string[]>;

  /** Up to `limit` (default 100) accepted jobs, oldest first, that were submitted before `olderThan` and are in no queue. */
  unqueuedJobs(olderThan: Date, options?: CallOptions & { readonly limit?: number }): Promise<readonly JobDocument[]>;

  readonly processes: ProcessStore;
  readonly workers: WorkerStore;
  readonly operations: OperationStore;
  readonly subscriptions: SubscriptionStore;
}

/** Deployed processes; document id `<id>:<version>`, or the plain id. */
export interface ProcessStore {
  /** Stores a process and makes it visible in lists. With `create`, 'already-exists' if there is one of that id. */
  put(process: ProcessDocument, options?: CallOptions & { readonly create?: boolean }): Promise<void>;
  get(id: string, options?: CallOptions): Promise<ProcessDocument | undefined>;
  /** Whether there was one. */
  delete(id: string, options?: CallOptions): Promise<boolean>;
  /** Of the processes whose `process-id` is that, the one with the latest `deploy-time`. */
  newest(processId: string, options?: CallOptions): Promise<ProcessDocument | undefined>;
  /** Ordered by id. */
  list(page?: PageRequest, options?: CallOptions): Promise<Page<ProcessDocument>>;
}

/** What workers say of themselves. */
export interface WorkerStore {
  put(worker: WorkerDocument, options?: CallOptions): Promise<void>;
  /** Whether there was one. */
  delete(id: string, options?: CallOptions): Promise<boolean>;
  /** Ordered by id; a new one shows within the refresh interval. */
  list(page?: PageRequest, options?: CallOptions): Promise<Page<WorkerDocument>>;
}

/** A deployed process. All members are stored; `id`, `process-id`, `version` (keywords) and `title` (text) are indexed. */
export interface ProcessDocument {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** A worker. All members are stored; `id`, `host`, `state` (keywords) and `heartbeat-time` (date) are indexed. */
export interface WorkerDocument {
  readonly id: string;
  readonly 'heartbeat-time': string;
  readonly [member: string]: unknown;
}

/** Which part of a selection of jobs. */
export interface SelectionPage {
  /** `next` of the page before. */
  readonly after?: string;
  /** At most 10,000. */
  readonly limit: number;
}

/** A part of a selection of jobs; `next` where there may be more. */
export interface SelectedJobs {
  readonly ids: readonly string[];
  readonly next?: string;
}

/** The job that is to take the place of another, and the id of the event that says so. */
export interface Successor {
  readonly id: string;
  readonly by: string;
  readonly eventId: string;
}

/** A job to create: its submission, and fields of the caller's own. */
export interface NewJob {
  readonly submission: JobUpdate;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What became of a job that was to be created. */
export type CreateOutcome =
  | { readonly result: 'created'; readonly document: JobDocument }
  /** There is a job of that id from another submission. */
  | { readonly result: 'exists' }
  /** The database will never take it. */
  | { readonly result: 'refused'; readonly reason: string }
  /** It was not written, or not surely; the same submission may be given again. */
  | { readonly result: 'unavailable'; readonly reason: string };

/** Which jobs that succeeded are looked for. */
export interface SucceededSearch {
  readonly processId: string;
  readonly processVersion?: string;
  /** At most 1,000 values of `inputs-hash`. */
  readonly inputsHashes: readonly string[];
  /** ISO 8601; what was submitted before is left out. */
  readonly submittedFrom?: string;
}

/** What became of an update. */
export type UpdateOutcome =
  | { readonly result: 'applied' }
  /** Known already, or hidden by what is known. */
  | { readonly result: 'unchanged' }
  /** It can never be written; the reason is for the dead-letter queue. */
  | { readonly result: 'poison'; readonly reason: string }
  /** It was not written, or not surely; the same update may be given again. */
  | { readonly result: 'unavailable'; readonly reason: string };

/** The claim of an attempt; `final` where the job has a verdict already. */
export type AttemptClaim =
  | { readonly result: 'claimed'; readonly attempt: number; readonly document: JobDocument }
  | { readonly result: 'final'; readonly document: JobDocument }
  | { readonly result: 'missing' };

/** Which jobs, in which order. Members that are absent select all; arrays select what has any of their values. */
export interface JobSearch {
  readonly filter?: JobFilter;
  /** Default: `submit-time` descending. The id decides ties, in the same direction. */
  readonly sort?: { readonly field: SortField; readonly order: 'asc' | 'desc' };
  /** Default 0; `from + size` at most 10,000, and one less with `after` or `before`. */
  readonly from?: number;
  /** Default 10. */
  readonly size?: number;
  /** Only what stands behind that place, or the last page before it; `from` is 0 then. */
  readonly after?: JobCursor;
  readonly before?: JobCursor;
}

/** The place of a job in an order: its value of the field, null where it has none, and its id; the id alone where that is the field. */
export type JobCursor = readonly (string | number | null)[];

/** Fields by which lists can be ordered. */
export type SortField = 'submit-time' | 'start-time' | 'stop-time' | 'update-time' | 'id' | 'status' | 'duration';

/** One page of jobs and how many there are on all pages. */
export interface JobPage extends Page<JobDocument> {
  /** The last of the page, where there are more behind it. */
  readonly next?: JobCursor;
  /** The first of a page that was asked for by `after` or `before`, where there are more before it. */
  readonly previous?: JobCursor;
}

/** How {@link JobsDatabase.setUp} prepares the indices. */
export interface SetUpOptions extends CallOptions {
  /** Default 0. */
  readonly replicas?: number;
  /** How long to wait for a database that is still starting; default 60 s. */
  readonly timeoutMs?: number;
}

/** What the jobs database works with. */
export interface JobsDatabaseOptions {
  readonly client: ElasticsearchClient;
  /** Told what an operator should know, one line each. */
  readonly log?: (message: string) => void;
}
