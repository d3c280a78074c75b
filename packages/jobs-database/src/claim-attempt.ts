import { backOff, type ElasticsearchClient } from '@daybook/elasticsearch-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { claim, type JobDocument, stateOf, toDocument } from '@daybook/jobs';
import { JOBS_INDEX } from './indices.ts';
import type { AttemptClaim } from './jobs-database.ts';

const MAX_TRIES = 20;

/**
 * See `JobsDatabase.claimAttempt`. A write of which the fate is unknown is followed by a new read: its number is then
 * either still free or lost, never given twice.
 */
export async function claimAttempt(
  client: ElasticsearchClient,
  jobId: string,
  worker: string,
  signal?: AbortSignal,
): Promise<AttemptClaim> {
  const call = signal === undefined ? {} : { signal };
  for (let tried = 1; tried <= MAX_TRIES; tried++) {
    const stored = await client.get<JobDocument>(JOBS_INDEX, jobId, call);
    if (stored === undefined) return { result: 'missing' };
    const state = stateOf(jobId, stored.source);
    if (state.verdict !== undefined) return { result: 'final', document: stored.source };
    const claimed = claim(state, worker, new Date().toISOString());
    const document = toDocument(stored.source, claimed.state);
    try {
      await client.index(JOBS_INDEX, jobId, document, { ...call, ifUnchanged: stored });
      return { result: 'claimed', attempt: claimed.attempt, document };
    } catch (error) {
      if (!isDaybookError(error, 'conflict') && !isDaybookError(error, 'unavailable')) throw error;
      if (tried === MAX_TRIES) throw error;
    }
    await backOff(Math.min(tried, 4), signal);
  }
  throw new DaybookError('internal', `The claim of job ${jobId} ended without an answer`);
}
