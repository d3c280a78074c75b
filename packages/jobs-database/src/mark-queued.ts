import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import { queued } from '@daybook/jobs';
import { type JobChange, writeJobs } from './write-jobs.ts';

/** Jobs that are read and written together. */
const MAX_JOBS_AT_ONCE = 250;

/** See `JobsDatabase.markQueued`. */
export async function markQueued(
  client: ElasticsearchClient,
  jobIds: readonly string[],
  time: Date,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const queueTime = time.toISOString();
  const ids = [...new Set(jobIds)];
  const unwritten: string[] = [];
  for (let start = 0; start < ids.length; start += MAX_JOBS_AT_ONCE) {
    const changes = ids
      .slice(start, start + MAX_JOBS_AT_ONCE)
      .map((id): JobChange => ({ id, create: false, change: (state) => queued(state, queueTime) }));
    const { jobs } = await writeJobs(client, changes, [], signal);
    for (const [id, { result }] of jobs) if (result === 'unavailable') unwritten.push(id);
  }
  return unwritten;
}
