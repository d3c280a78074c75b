import { type BulkItem, backOff, type ElasticsearchClient } from '@daybook/elasticsearch-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import {
  emptyState,
  fold,
  type JobDocument,
  type JobUpdate,
  type MergeState,
  stateOf,
  toDocument,
} from '@daybook/jobs';
import { applyUpdates, historyEntry } from './apply-updates.ts';
import { JOBS_INDEX } from './indices.ts';
import type { JobsDatabaseOptions } from './jobs-database.ts';

const MAX_TRIES = 4;

/** See `JobsDatabase.createJob`. */
export async function createJob(
  { client, log }: JobsDatabaseOptions,
  submission: JobUpdate,
  fields?: Readonly<Record<string, unknown>>,
): Promise<JobDocument> {
  const document = toDocument(fields, fold(emptyState(submission.id), submission));
  const { job, history } = await send(client, submission, document);
  if (job.status === 409) return await mergeInto(client, submission);
  if (job.status >= 300)
    throw new DaybookError(
      job.status === 400 || job.status === 413 ? 'invalid-argument' : 'unavailable',
      `The jobs database did not take job ${submission.id}: ${job.error?.reason}`,
    );
  if (history.status >= 300 && history.status !== 409) {
    // The job stands: a missing history entry must not make its submitter send it again.
    const [outcome] = await applyUpdates(client, [submission]);
    if (outcome?.result === 'unavailable' || outcome?.result === 'poison')
      log?.(`The submission of job ${submission.id} is not in the history: ${outcome.reason}`);
  }
  return document;
}

async function send(
  client: ElasticsearchClient,
  submission: JobUpdate,
  document: JobDocument,
): Promise<{ job: BulkItem; history: BulkItem }> {
  const create = { action: 'create', index: JOBS_INDEX, id: submission.id, source: document } as const;
  for (let tried = 1; ; tried++) {
    try {
      const [job, history] = await client.bulk([create, historyEntry(submission)]);
      if (tried === MAX_TRIES || !isBusy(job!)) return { job: job!, history: history! };
    } catch (error) {
      // Sent again even where the first may have arrived: a job that is there already is told apart by its submission.
      if (tried === MAX_TRIES || !isDaybookError(error, 'unavailable')) throw error;
    }
    await backOff(tried);
  }
}

function isBusy(item: BulkItem): boolean {
  return item.status === 429 || item.status >= 500;
}

/** There is a document of that id: of this submission, of an update that came first, or of another job. */
async function mergeInto(client: ElasticsearchClient, submission: JobUpdate): Promise<JobDocument> {
  const stored = await client.get(JOBS_INDEX, submission.id);
  if (stored !== undefined && isOfAnother(submission, stateOf(submission.id, stored.source)))
    throw new DaybookError('already-exists', `There is a job ${submission.id} already`);
  const [outcome] = await applyUpdates(client, [submission]);
  if (outcome?.result === 'unavailable' || outcome?.result === 'poison')
    throw new DaybookError('unavailable', `The jobs database did not take job ${submission.id}: ${outcome.reason}`);
  const merged = await client.get<JobDocument>(JOBS_INDEX, submission.id);
  if (merged === undefined) throw new DaybookError('conflict', `Job ${submission.id} was deleted while it was created`);
  return merged.source;
}

function isOfAnother(submission: JobUpdate, state: MergeState): boolean {
  const submitted = [state['process-id'], state['user-id'], state.inputs].find((entry) => entry?.rank === 2);
  return submitted !== undefined && submitted.id !== submission['event-id'];
}
