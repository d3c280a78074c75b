import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import { DaybookError } from '@daybook/errors';
import { expect, it } from 'vitest';
import { INDICES, JOBS_INDEX } from './indices.ts';
import { openJobsDatabase } from './open-jobs-database.ts';

const refused = new DaybookError('unavailable', 'blocked by: read-only', {
  detail: { type: 'cluster_block_exception' },
});

/** A database that has all indices, of an old mapping; `jobs` refuses what `blocked` names. */
function blockedDatabase(blocked: keyof ElasticsearchClient, changed: string[]): ElasticsearchClient {
  const asked = (call: string, index: string): void => {
    if (call === blocked && index === JOBS_INDEX) throw refused;
  };
  const calls: Partial<ElasticsearchClient> = {
    putIndexTemplate: async () => undefined,
    getIndexTemplate: async () => undefined,
    getMapping: async (index) => {
      asked('getMapping', index);
      return { properties: { inputs: { type: 'flattened' } } };
    },
    putMapping: async (index) => {
      asked('putMapping', index);
      changed.push(index);
    },
    createIndex: async () => {
      throw refused;
    },
    waitForIndices: async () => true,
  };
  return calls as ElasticsearchClient;
}

it.each(['getMapping', 'putMapping'] as const)('a block of %s on one index holds up no start', async (blocked) => {
  const changed: string[] = [];
  const told: string[] = [];
  const client = blockedDatabase(blocked, changed);
  await openJobsDatabase({ client, log: (line) => told.push(line) }).setUp();
  expect(changed).toEqual(INDICES.filter((index) => index !== JOBS_INDEX));
  expect(told).toContain(`The mapping of index ${JOBS_INDEX} stays as it is: blocked by: read-only`);
});
