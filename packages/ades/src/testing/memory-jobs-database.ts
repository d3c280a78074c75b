import { DaybookError } from '@daybook/errors';
import {
  emptyState,
  fold,
  type JobDocument,
  type JobUpdate,
  queued,
  stateOf,
  statusUpdate,
  toDocument,
} from '@daybook/jobs';
import type {
  CreateOutcome,
  JobCursor,
  JobFilter,
  JobsDatabase,
  ProcessDocument,
  UpdateOutcome,
  WorkerDocument,
} from '@daybook/jobs-database';
import { matchQuery } from './match-query.ts';
import { createMemoryOperations } from './memory-operations.ts';
import { createMemorySubscriptions, type MemorySubscriptions } from './memory-subscriptions.ts';

/** The calls of the jobs database that an ADES makes. */
type AdesDatabase = Pick<
  JobsDatabase,
  | 'createJob'
  | 'createJobs'
  | 'findSucceeded'
  | 'rawSearch'
  | 'selectJobs'
  | 'countJobs'
  | 'refreshJobs'
  | 'supersede'
  | 'operations'
  | 'applyUpdates'
  | 'getJob'
  | 'getJobs'
  | 'searchJobs'
  | 'markQueued'
  | 'unqueuedJobs'
  | 'processes'
  | 'workers'
  | 'subscriptions'
>;

/** A jobs database in memory: the real merge, and a switch that takes it away. */
export interface MemoryJobsDatabase {
  readonly database: JobsDatabase;
  readonly jobs: Map<string, JobDocument>;
  readonly processes: Map<string, ProcessDocument>;
  readonly workers: WorkerDocument[];
  readonly subscriptions: MemorySubscriptions;
  /** The ids of each call of `getJobs`. */
  readonly polled: (readonly string[])[];
  apply(update: JobUpdate): void;
  isAway: boolean;
}

export function createMemoryJobsDatabase(): MemoryJobsDatabase {
  const jobs = new Map<string, JobDocument>();
  const processes = new Map<string, ProcessDocument>();
  const workers: WorkerDocument[] = [];
  const polled: (readonly string[])[] = [];
  const subscriptions = createMemorySubscriptions(reach);

  function reach(): void {
    if (memory.isAway) throw new DaybookError('unavailable', 'The jobs database is away');
  }

  function change(id: string, by: (state: ReturnType<typeof emptyState>) => ReturnType<typeof emptyState>): void {
    const existing = jobs.get(id);
    const state = existing === undefined ? emptyState(id) : stateOf(id, existing);
    jobs.set(id, toDocument(existing, by(state)));
  }

  const database: AdesDatabase = {
    async createJob(submission, fields) {
      reach();
      if (jobs.has(submission.id)) throw new DaybookError('already-exists', `There is a job ${submission.id} already`);
      jobs.set(submission.id, toDocument(fields, fold(emptyState(submission.id), submission)));
      return jobs.get(submission.id)!;
    },
    async createJobs(submitted) {
      return Promise.all(
        submitted.map(async ({ submission, fields }): Promise<CreateOutcome> => {
          if (memory.isAway) return { result: 'unavailable', reason: 'it is away' };
          const known = jobs.get(submission.id);
          const isSame = known?.merge?.inputs?.id === submission['event-id'];
          if (known !== undefined) return isSame ? { result: 'created', document: known } : { result: 'exists' };
          return { result: 'created', document: await database.createJob(submission, fields) };
        }),
      );
    },
    async findSucceeded({ processId, processVersion, inputsHashes, submittedFrom = '' }) {
      reach();
      const found = [...jobs.values()].filter(
        (job) =>
          job.state === 'successful' &&
          job['process-id'] === processId &&
          (processVersion === undefined || job['process-version'] === processVersion) &&
          inputsHashes.includes(job['inputs-hash'] ?? '') &&
          (job['submit-time'] ?? '') >= submittedFrom &&
          job['removed-time'] === undefined,
      );
      return new Map(found.map((job) => [job['inputs-hash']!, job.id]));
    },
    async rawSearch({ aggs = {} }) {
      reach();
      // It has no search engine: nothing is found.
      const names = Object.keys(aggs as object);
      const aggregations = Object.fromEntries(names.map((name) => [name, { buckets: [], value: null }]));
      return { hits: { total: { value: 0, relation: 'eq' }, hits: [] }, aggregations };
    },
    async selectJobs(query, { after = '', limit }) {
      reach();
      const ids = [...jobs.values()].filter((job) => matchQuery(query, job)).map(({ id }) => id);
      const page = ids
        .sort()
        .filter((id) => id > after)
        .slice(0, limit);
      return { ids: page, ...(page.length === limit && { next: page.at(-1)! }) };
    },
    async countJobs(query) {
      reach();
      return [...jobs.values()].filter((job) => matchQuery(query, job)).length;
    },
    async refreshJobs() {
      reach();
    },
    async supersede(successors) {
      reach();
      for (const { id, by, eventId } of successors) {
        const update = statusUpdate({ id, 'superseded-by': by }, { eventId });
        if (jobs.get(id)?.['superseded-by'] === undefined) memory.apply(update);
      }
      return new Map(successors.map(({ id }) => [id, jobs.get(id)!['superseded-by']!]));
    },
    async applyUpdates(updates) {
      if (memory.isAway) return updates.map((): UpdateOutcome => ({ result: 'unavailable', reason: 'it is away' }));
      for (const update of updates) memory.apply(update);
      return updates.map((): UpdateOutcome => ({ result: 'applied' }));
    },
    async getJob(id) {
      reach();
      return jobs.get(id);
    },
    async getJobs(ids) {
      reach();
      polled.push(ids);
      return ids.flatMap((id) => jobs.get(id) ?? []);
    },
    async searchJobs({ filter = {}, sort, from = 0, size = 10, after, before }) {
      reach();
      const found = [...jobs.values()]
        .filter((job) => selects(filter, job))
        .sort(sort?.order === 'asc' ? (a, b) => newestFirst(b, a) : newestFirst);
      const isAt = ({ id }: JobDocument): boolean => id === (after ?? before)?.at(-1);
      const place = found.findIndex(isAt);
      const begin = before === undefined ? from + (after === undefined ? 0 : place + 1) : Math.max(0, place - size);
      const end = before === undefined ? begin + size : place;
      const page = found.slice(begin, end).map(({ merge, results, resources, ...job }) => job as JobDocument);
      const cursorOf = ({ id, 'submit-time': time = '' }: JobDocument): JobCursor => [Date.parse(time), id];
      return {
        items: page,
        total: found.length,
        ...(end < found.length && page.length > 0 && { next: cursorOf(page.at(-1)!) }),
        ...((after ?? before) !== undefined && begin > 0 && page.length > 0 && { previous: cursorOf(page[0]!) }),
      };
    },
    async markQueued(ids, { time = new Date() } = {}) {
      reach();
      for (const id of ids) change(id, (state) => queued(state, time.toISOString()));
      return [];
    },
    async unqueuedJobs(olderThan, { limit = 100 } = {}) {
      reach();
      return [...jobs.values()]
        .filter((job) => job.state === 'accepted' && job['queue-time'] === undefined)
        .filter((job) => Date.parse(job['submit-time'] ?? '') < olderThan.getTime())
        .slice(0, limit);
    },
    operations: createMemoryOperations(reach),
    subscriptions: subscriptions.store,
    workers: {
      put: async () => reach(),
      delete: async () => false,
      async list() {
        reach();
        return { items: [...workers], total: workers.length };
      },
    },
    processes: {
      async put(process, { create = false } = {}) {
        reach();
        if (create && processes.has(process.id)) throw new DaybookError('already-exists', `There is ${process.id}`);
        processes.set(process.id, process);
      },
      async get(id) {
        reach();
        return processes.get(id);
      },
      async delete(id) {
        reach();
        return processes.delete(id);
      },
      async newest(processId) {
        reach();
        const time = (process: ProcessDocument): string => String(process['deploy-time']);
        return [...processes.values()]
          .filter((process) => process['process-id'] === processId)
          .sort((a, b) => (time(a) < time(b) ? 1 : -1))[0];
      },
      async list({ from = 0, size = 100 } = {}) {
        reach();
        const sorted = [...processes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        return { items: sorted.slice(from, from + size), total: sorted.length };
      },
    },
  };
  const memory: MemoryJobsDatabase = {
    database: database as JobsDatabase,
    jobs,
    processes,
    workers,
    subscriptions,
    polled,
    isAway: false,
    apply: (update) => change(update.id, (state) => fold(state, update)),
  };
  return memory;
}

function newestFirst(a: JobDocument, b: JobDocument): number {
  const key = (job: JobDocument): string => `${job['submit-time']} ${job.id}`;
  return key(a) < key(b) ? 1 : -1;
}

function selects(filter: JobFilter, job: JobDocument): boolean {
  const { processIds, states, userIds, errorClasses, labels = [], inputValues = [], submitTime = {} } = filter;
  const submitted = job['submit-time'] ?? '';
  return (
    (processIds === undefined || processIds.includes(job['process-id'] ?? '')) &&
    (states === undefined || states.includes(job.state)) &&
    (userIds === undefined || userIds.includes(job['user-id'])) &&
    submitted >= (submitTime.from ?? '') &&
    submitted <= (submitTime.to ?? '9999') &&
    (errorClasses === undefined || errorClasses.includes(job['error-class'] ?? '')) &&
    inputValues.every((value) => job['input-values']?.includes(value)) &&
    labels.every((label) => job.labels.includes(label))
  );
}
