import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import { DaybookError } from '@daybook/errors';
import { fold, type MergeState, statusUpdate } from '@daybook/jobs';
import { historyEntry } from './apply-updates.ts';
import type { CallOptions } from './call-options.ts';
import type { Successor } from './jobs-database.ts';
import { type JobChange, writeJobs } from './write-jobs.ts';

/** See `JobsDatabase.supersede`. The condition of each write makes the first of several the only one. */
export async function supersede(
  client: ElasticsearchClient,
  successors: readonly Successor[],
  { signal }: CallOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const standing = new Map<string, string>();
  const updates = successors.map(({ id, by, eventId }) => statusUpdate({ id, 'superseded-by': by }, { eventId }));
  const changes = updates.map((update): JobChange => {
    const change = (state: MergeState): MergeState => {
      const next = state['superseded-by'] === undefined ? fold(state, update) : state;
      standing.set(update.id, next['superseded-by']!.value);
      return next;
    };
    return { id: update.id, create: false, change };
  });
  const { jobs } = await writeJobs(client, changes, [], signal);
  for (const [id, { result, ...why }] of jobs) {
    if (result === 'missing') standing.delete(id);
    if ('reason' in why) throw new DaybookError('unavailable', `Job ${id} could not be written: ${why.reason}`);
  }
  const written = updates.filter((update) => standing.get(update.id) === update['superseded-by']);
  // Those of an earlier call are recorded already.
  if (written.length > 0) await client.bulk(written.map(historyEntry), signal === undefined ? {} : { signal });
  return standing;
}
