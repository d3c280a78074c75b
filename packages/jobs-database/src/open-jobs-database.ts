import type { JobDocument } from '@daybook/jobs';
import { applyUpdates } from './apply-updates.ts';
import { claimAttempt } from './claim-attempt.ts';
import { jobCreator } from './create-job.ts';
import { createJobs } from './create-jobs.ts';
import { processStore, workerStore } from './document-store.ts';
import { findSucceeded } from './find-succeeded.ts';
import { JOBS_INDEX } from './indices.ts';
import { changedJobs, lastChange, updatesOf } from './job-changes.ts';
import type { JobsDatabase, JobsDatabaseOptions } from './jobs-database.ts';
import { markQueued } from './mark-queued.ts';
import { operationStore } from './operation-store.ts';
import { readTogether } from './read-together.ts';
import { rawSearch, searchJobs, unqueuedJobs } from './search-jobs.ts';
import { countJobs, selectJobs } from './select-jobs.ts';
import { setUp } from './set-up.ts';
import { subscriptionStore } from './subscription-store.ts';
import { supersede } from './supersede.ts';

/** The jobs database that `options.client` reaches. Nothing is sent yet; the client stays the caller's to close. */
export function openJobsDatabase(options: JobsDatabaseOptions): JobsDatabase {
  const { client } = options;
  const readJob = readTogether<JobDocument>(client, JOBS_INDEX);
  return {
    setUp: (setUpOptions) => setUp(options, setUpOptions),
    createJob: jobCreator(options),
    createJobs: (jobs) => createJobs(options, jobs),
    findSucceeded: (search, call) => findSucceeded(client, search, call),
    applyUpdates: (updates, call) => applyUpdates(client, updates, call?.signal),
    async getJob(id, call) {
      const stored = call === undefined ? await readJob(id) : await client.get<JobDocument>(JOBS_INDEX, id, call);
      return stored?.source;
    },
    async getJobs(ids, { withoutFields, ...call } = {}) {
      const options = { ...call, ...(withoutFields !== undefined && { sourceExcludes: withoutFields }) };
      const stored = await client.mget<JobDocument>(JOBS_INDEX, ids, options);
      return stored.flatMap((document) => (document === undefined ? [] : [document.source]));
    },
    searchJobs: (search, call) => searchJobs(client, search, call),
    rawSearch: (body, call) => rawSearch(client, body, call),
    selectJobs: (query, page, call) => selectJobs(client, query, page, call),
    countJobs: (query, call) => countJobs(client, query, call),
    refreshJobs: (call) => client.refresh(JOBS_INDEX, call),
    supersede: (successors, call) => supersede(client, successors, call),
    changedJobs: (search, call) => changedJobs(client, search, call),
    lastChange: (call) => lastChange(client, call),
    updatesOf: (jobId, page, call) => updatesOf(client, jobId, page, call),
    claimAttempt: (jobId, worker, call) => claimAttempt(client, jobId, worker, call?.signal),
    markQueued: (ids, { time = new Date(), signal } = {}) => markQueued(client, ids, time, signal),
    unqueuedJobs: (olderThan, call) => unqueuedJobs(client, olderThan, call),
    processes: processStore(client),
    workers: workerStore(client),
    operations: operationStore(client),
    subscriptions: subscriptionStore(client),
  };
}
