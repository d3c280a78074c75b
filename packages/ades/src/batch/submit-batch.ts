import type { JobDocument } from '@daybook/jobs';
import { mapBounded } from '@daybook/jobs-database';
import type { AdesContext } from '../ades-context.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import { subscribe } from '../callbacks/subscribe.ts';
import { executeJob, isOnItsWay } from '../jobs/execute-job.ts';
import { checkSameRequest } from '../jobs/idempotency-key.ts';
import { jobRefused } from '../jobs/job-refused.ts';
import { LONG_JOB_FIELDS } from '../jobs/long-job-fields.ts';
import type { Process } from '../processes/process.ts';
import { type BatchItem, failedItem, notTaken } from './batch-item.ts';
import { findDone } from './find-done.ts';
import type { BatchEntry } from './parse-batch.ts';
import { createItemPreparer, type ItemOptions, type ReadyItem } from './prepare-items.ts';

/** Items that are checked, written and sent together, and how many such chunks at once: what a batch has in memory beside its body. */
const CHUNK_ITEMS = 250;
const MAX_CHUNKS = 4;
/** Jobs of a built-in process that are started at once, and subscribers that are noted. */
const MAX_STARTING = 16;

/** How a batch is submitted. */
export interface BatchOptions extends ItemOptions {
  readonly dryRun: boolean;
  /** Whether an item is answered with a job that did the same. */
  readonly dedupe: boolean;
  readonly baseUrl: string;
}

type Answers = Map<number, BatchItem>;

/**
 * Submits each item as an execute request of its own would be; one answer per item, in their order. An item that fails holds up no other. What a crash leaves
 * of a batch is, for each item, either no job or one that ends, as the sweep sends it again.
 */
export async function submitBatch(
  context: AdesContext,
  process: Process,
  entries: readonly BatchEntry[],
  options: BatchOptions,
): Promise<readonly BatchItem[]> {
  const prepare = createItemPreparer(context, process, options);
  const chunks = Array.from({ length: Math.ceil(entries.length / CHUNK_ITEMS) }, (_, n) =>
    entries.slice(n * CHUNK_ITEMS, (n + 1) * CHUNK_ITEMS),
  );
  if (options.dedupe) await context.database.refreshJobs();
  const answered = await mapBounded(chunks, MAX_CHUNKS, async (chunk) => {
    const answers: Answers = new Map();
    const ready: ReadyItem[] = [];
    for (const entry of chunk) {
      const item = await prepare(entry);
      if ('jobId' in item) ready.push(item);
      else answers.set(item.line, item);
    }
    try {
      await submitChunk(context, process, ready, options, answers);
    } catch (error) {
      for (const { line } of ready) if (!answers.has(line)) answers.set(line, failedItem(line, error));
    }
    return chunk.map(({ line }) => answers.get(line)!);
  });
  return answered.flat();
}

async function submitChunk(
  context: AdesContext,
  process: Process,
  ready: readonly ReadyItem[],
  options: BatchOptions,
  answers: Answers,
): Promise<void> {
  const isOpen = ({ line }: ReadyItem): boolean => !answers.has(line);
  // Those of an earlier request first: what was submitted then may have succeeded since, and must not count as a duplicate of itself.
  const earlier = options.idempotencyKey === undefined ? [] : await answerEarlier(context, ready, answers);
  if (options.dedupe) {
    const done = await findDone(context, process, ready.filter(isOpen));
    for (const [{ line }, jobID] of done) answers.set(line, { line, jobID, deduplicated: true });
  }
  const open = ready.filter(isOpen);
  if (options.dryRun) {
    for (const { line } of open) answers.set(line, { line });
  } else if (isBuiltIn(process)) {
    await startBuiltIn(context, process, open, options, answers);
  } else {
    await handOver(context, [...earlier, ...(await create(context, open, options.baseUrl, answers))], answers);
  }
}

/** Answers the items that have a job; gives those whose job is not known to be on its way. */
async function answerEarlier(
  { database }: AdesContext,
  items: readonly ReadyItem[],
  answers: Answers,
): Promise<readonly ReadyItem[]> {
  const stored = await database.getJobs(
    items.map(({ jobId }) => jobId),
    { withoutFields: LONG_JOB_FIELDS },
  );
  const jobs = new Map(stored.map((job) => [job.id, job]));
  return items.filter((item) => {
    const job = jobs.get(item.jobId);
    if (job === undefined) return false;
    answers.set(item.line, answerOfJob(item, job));
    return !isOnItsWay(job);
  });
}

function answerOfJob({ line, hashes }: ReadyItem, job: JobDocument): BatchItem {
  try {
    checkSameRequest(job, hashes);
    return { line, jobID: job.id, status: job.state };
  } catch (error) {
    return failedItem(line, error);
  }
}

/** Gives the items whose job was made. */
async function create(
  context: AdesContext,
  items: readonly ReadyItem[],
  baseUrl: string,
  answers: Answers,
): Promise<readonly ReadyItem[]> {
  await mapBounded(items, MAX_STARTING, ({ jobId, command }) => subscribe(context, jobId, command.subscriber, baseUrl));
  const outcomes = await context.database.createJobs(items);
  const created = items.filter(({ line, jobId }, i) => {
    const outcome = outcomes[i]!;
    if (outcome.result === 'created') answers.set(line, { line, jobID: jobId, status: 'accepted' });
    else if (outcome.result !== 'exists') answers.set(line, failedItem(line, notTaken(jobId, outcome)));
    return outcome.result === 'created';
  });
  // Two requests with one key at once: the other was faster, and hands them over.
  const others = items.filter((_, i) => outcomes[i]!.result === 'exists');
  if (others.length > 0) await answerEarlier(context, others, answers);
  return created;
}

async function handOver({ requestQueue }: AdesContext, items: readonly ReadyItem[], answers: Answers): Promise<void> {
  const sent = await requestQueue.handOverAll(items.map(({ jobId }) => jobId));
  items.forEach(({ line, jobId }, i) => {
    const each = sent[i]!;
    if (each.result === 'refused') answers.set(line, failedItem(line, jobRefused(jobId, each.reason)));
  });
}

async function startBuiltIn(
  context: AdesContext,
  process: Process,
  items: readonly ReadyItem[],
  { userId, baseUrl }: BatchOptions,
  answers: Answers,
): Promise<void> {
  await mapBounded(items, MAX_STARTING, async ({ line, command }) => {
    try {
      const { job } = await executeJob(context, process, command, userId, baseUrl);
      answers.set(line, { line, jobID: job.id, status: 'accepted' });
    } catch (error) {
      answers.set(line, failedItem(line, error));
    }
  });
}
