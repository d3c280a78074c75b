import { type BulkItem, backOff, type ElasticsearchClient } from '@daybook/elasticsearch-client';
import { isDaybookError } from '@daybook/errors';
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
import type { CreateOutcome, JobsDatabaseOptions, NewJob } from './jobs-database.ts';

const MAX_TRIES = 4;
/** Jobs of one request. */
const MAX_JOBS_AT_ONCE = 500;

/** See `JobsDatabase.createJobs`. */
export async function createJobs(
  options: JobsDatabaseOptions,
  jobs: readonly NewJob[],
): Promise<readonly CreateOutcome[]> {
  const outcomes: CreateOutcome[] = [];
  for (let start = 0; start < jobs.length; start += MAX_JOBS_AT_ONCE) {
    outcomes.push(...(await createTogether(options, jobs.slice(start, start + MAX_JOBS_AT_ONCE))));
  }
  return outcomes;
}

async function createTogether(
  { client, log }: JobsDatabaseOptions,
  jobs: readonly NewJob[],
): Promise<readonly CreateOutcome[]> {
  const documents = jobs.map(({ submission, fields }) =>
    toDocument(fields, fold(emptyState(submission.id), submission)),
  );
  const sent = await send(client, jobs, documents);
  const taken = jobs.filter((_, i) => sent[i]!.job.status === 409).map(({ submission }) => submission);
  const merged = new Map(taken.length === 0 ? [] : await mergeInto(client, taken));
  // The job stands: a missing history entry must not make its submitter send it again.
  const unrecorded = jobs.filter((_, i) => {
    const { job, history } = sent[i]!;
    return job.status < 300 && history.status >= 300 && history.status !== 409;
  });
  await record(
    client,
    unrecorded.map(({ submission }) => submission),
    log,
  );
  return jobs.map(({ submission }, i): CreateOutcome => {
    const { status, error } = sent[i]!.job;
    if (status < 300) return { result: 'created', document: documents[i]! };
    if (status === 409) return merged.get(submission.id)!;
    const result = status === 400 || status === 413 ? 'refused' : 'unavailable';
    return { result, reason: error?.reason ?? `status ${status}` };
  });
}

interface Sent {
  readonly job: BulkItem;
  readonly history: BulkItem;
}

/** Sent again even where the first may have arrived: a job that is there already is told apart by its submission. */
async function send(
  client: ElasticsearchClient,
  jobs: readonly NewJob[],
  documents: readonly JobDocument[],
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  let open = jobs.map((_, position) => position);
  for (let tried = 1; open.length > 0; tried++) {
    const operations = open.flatMap((position) => [
      { action: 'create', index: JOBS_INDEX, id: documents[position]!.id, source: documents[position]! } as const,
      historyEntry(jobs[position]!.submission),
    ]);
    const items = await bulk(client, operations);
    open.forEach((position, i) => {
      sent[position] = { job: items[2 * i]!, history: items[2 * i + 1]! };
    });
    if (tried === MAX_TRIES) break;
    open = open.filter((position) => isBusy(sent[position]!.job));
    if (open.length > 0) await backOff(tried);
  }
  return sent;
}

async function bulk(
  client: ElasticsearchClient,
  operations: Parameters<ElasticsearchClient['bulk']>[0],
): Promise<readonly BulkItem[]> {
  try {
    return await client.bulk(operations);
  } catch (error) {
    if (!isDaybookError(error, 'unavailable')) throw error;
    return operations.map(() => ({ status: 503, error: { type: 'unavailable', reason: error.message } }));
  }
}

function isBusy(item: BulkItem): boolean {
  return item.status === 429 || item.status >= 500;
}

/** There are documents of these ids: of these submissions, of updates that came first, or of other jobs. */
async function mergeInto(
  client: ElasticsearchClient,
  submissions: readonly JobUpdate[],
): Promise<readonly [id: string, CreateOutcome][]> {
  const ids = submissions.map(({ id }) => id);
  const stored = await client.mget(JOBS_INDEX, ids);
  const own = submissions.filter(
    (submission, i) => !isOfAnother(submission, stateOf(submission.id, stored[i]?.source)),
  );
  const outcomes = await applyUpdates(client, own);
  const documents = await client.mget<JobDocument>(
    JOBS_INDEX,
    own.map(({ id }) => id),
  );
  const merged = own.map(({ id }, i): [string, CreateOutcome] => {
    const outcome = outcomes[i]!;
    const document = documents[i]?.source;
    if ('reason' in outcome) return [id, { result: 'unavailable', reason: outcome.reason }];
    if (document === undefined) return [id, { result: 'unavailable', reason: 'it was deleted while it was created' }];
    return [id, { result: 'created', document }];
  });
  return [...ids.map((id): [string, CreateOutcome] => [id, { result: 'exists' }]), ...merged];
}

function isOfAnother(submission: JobUpdate, state: MergeState): boolean {
  const submitted = [state['process-id'], state['user-id'], state.inputs].find((entry) => entry?.rank === 2);
  return submitted !== undefined && submitted.id !== submission['event-id'];
}

async function record(
  client: ElasticsearchClient,
  submissions: readonly JobUpdate[],
  log: JobsDatabaseOptions['log'],
): Promise<void> {
  const outcomes = await applyUpdates(client, submissions);
  outcomes.forEach((outcome, i) => {
    if ('reason' in outcome)
      log?.(`The submission of job ${submissions[i]!.id} is not in the history: ${outcome.reason}`);
  });
}
