import type { BulkOperation, ElasticsearchClient } from '@daybook/elasticsearch-client';
import { fold, type JobUpdate } from '@daybook/jobs';
import { JOB_UPDATES_INDEX } from './indices.ts';
import type { UpdateOutcome } from './jobs-database.ts';
import { type JobChange, type WriteResult, writeJobs } from './write-jobs.ts';

/** Jobs that are read and written together: their documents are in memory at once. */
const MAX_JOBS_AT_ONCE = 250;

/** See `JobsDatabase.applyUpdates`. */
export async function applyUpdates(
  client: ElasticsearchClient,
  updates: readonly JobUpdate[],
  signal?: AbortSignal,
): Promise<readonly UpdateOutcome[]> {
  const groups = [...groupByJob(updates).values()];
  const outcomes = new Map<JobUpdate, UpdateOutcome>();
  for (let start = 0; start < groups.length; start += MAX_JOBS_AT_ONCE) {
    await applyGroups(client, groups.slice(start, start + MAX_JOBS_AT_ONCE), outcomes, signal);
  }
  return updates.map((update) => outcomes.get(update)!);
}

/** The document of an update in the history, which is never removed: sealed values do not stand there. */
export function historyEntry(update: JobUpdate): BulkOperation {
  const { secrets: _, ...source } = update;
  return { action: 'create', index: JOB_UPDATES_INDEX, id: update['event-id'], source };
}

type Group = readonly JobUpdate[];

async function applyGroups(
  client: ElasticsearchClient,
  groups: readonly Group[],
  outcomes: Map<JobUpdate, UpdateOutcome>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const updates = groups.flat();
  const written = await writeJobs(client, groups.map(changeOf), updates.map(historyEntry), signal);
  const history = new Map(updates.map((update, i) => [update, written.along[i]!]));
  for (const group of groups) {
    const job = written.jobs.get(group[0]!.id)!;
    if (job.result === 'refused' && group.length > 1) {
      // One of them is what the database refuses: alone each gets its own answer.
      for (const update of group) await applyGroups(client, [[update]], outcomes, signal);
      continue;
    }
    for (const update of group) outcomes.set(update, outcomeOf(job, history.get(update)!));
  }
}

function changeOf(group: Group): JobChange {
  return { id: group[0]!.id, create: true, change: (state) => group.reduce(fold, state) };
}

/** An update is done when its job and its history entry are written. */
function outcomeOf(job: WriteResult, history: WriteResult): UpdateOutcome {
  for (const { result, ...why } of [job, history]) {
    const reason = 'reason' in why ? why.reason : '';
    if (result === 'refused') return { result: 'poison', reason };
    if (result === 'unavailable') return { result, reason };
  }
  return { result: job.result === 'applied' ? 'applied' : 'unchanged' };
}

function groupByJob(updates: readonly JobUpdate[]): Map<string, JobUpdate[]> {
  const groups = new Map<string, JobUpdate[]>();
  for (const update of updates) {
    const group = groups.get(update.id);
    if (group === undefined) groups.set(update.id, [update]);
    else group.push(update);
  }
  return groups;
}
