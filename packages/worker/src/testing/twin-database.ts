import { DaybookError } from '@daybook/errors';
import {
  claim,
  emptyState,
  fold,
  type JobDocument,
  type JobUpdate,
  type JsonObject,
  stateOf,
  submission,
  toDocument,
} from '@daybook/jobs';
import type { ProcessDocument, WorkerDocument } from '@daybook/jobs-database';
import type { WorkerDatabase } from '../options.ts';

/** A jobs database in memory, with the real merge and a switch that takes it away. */
export interface TwinDatabase extends WorkerDatabase {
  readonly processDocuments: Map<string, ProcessDocument>;
  readonly workerDocuments: Map<string, WorkerDocument>;
  submit(id: string, processId: string, inputs?: JsonObject): void;
  apply(update: JobUpdate): void;
  job(id: string): JobDocument | undefined;
  isAway: boolean;
}

/** A database without documents. */
export function createTwinDatabase(): TwinDatabase {
  const jobs = new Map<string, JobDocument>();
  const processDocuments = new Map<string, ProcessDocument>();
  const workerDocuments = new Map<string, WorkerDocument>();

  const reach = (): void => {
    if (twin.isAway) {
      throw new DaybookError('unavailable', 'the database is away');
    }
  };
  const twin: TwinDatabase = {
    processDocuments,
    workerDocuments,
    isAway: false,
    job: (id) => jobs.get(id),
    submit(id, processId, inputs = {}) {
      twin.apply(submission({ id, processId, inputs, labels: [], userId: 'anonymous' }));
    },
    apply(update) {
      const existing = jobs.get(update.id);
      const state = existing === undefined ? emptyState(update.id) : stateOf(update.id, existing);
      jobs.set(update.id, toDocument(existing, fold(state, update)));
    },
    async getJob(id) {
      reach();
      return jobs.get(id);
    },
    async getJobs(ids) {
      reach();
      return ids.flatMap((id) => jobs.get(id) ?? []);
    },
    async claimAttempt(jobId, worker) {
      reach();
      const existing = jobs.get(jobId);
      if (existing === undefined) {
        return { result: 'missing' };
      }
      if (existing.final) {
        return { result: 'final', document: existing };
      }
      const claimed = claim(stateOf(jobId, existing), worker, new Date().toISOString());
      const document = toDocument(existing, claimed.state);
      jobs.set(jobId, document);
      return { result: 'claimed', attempt: claimed.attempt, document };
    },
    processes: {
      async get(id) {
        reach();
        return processDocuments.get(id);
      },
    },
    workers: {
      async put(worker) {
        reach();
        workerDocuments.set(worker.id, worker);
      },
      async delete(id) {
        reach();
        return workerDocuments.delete(id);
      },
      async list() {
        reach();
        return { items: [...workerDocuments.values()], total: workerDocuments.size };
      },
    },
  };
  return twin;
}
