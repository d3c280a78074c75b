import type { JobDocument } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import { LONG_JOB_FIELDS } from '../jobs/long-job-fields.ts';
import type { Process } from '../processes/process.ts';
import type { ReadyItem } from './prepare-items.ts';

/**
 * The jobs that did what items ask for: of the same process and version, as it is deployed now, with the same inputs, that succeeded and still have their
 * outputs. Job ids by item.
 */
export async function findDone(
  { database }: AdesContext,
  process: Process,
  items: readonly ReadyItem[],
): Promise<ReadonlyMap<ReadyItem, string>> {
  const found = await database.findSucceeded({
    processId: process.id,
    ...(process.version !== '' && { processVersion: process.version }),
    inputsHashes: [...new Set(items.flatMap(({ hashes }) => hashes))],
    ...(!isBuiltIn(process) && { submittedFrom: process['deploy-time'] }),
  });
  const ids = [...new Set(found.values())];
  const documents = await database.getJobs(ids, { withoutFields: LONG_JOB_FIELDS });
  // What a search finds may have been removed since.
  const there = new Set(documents.filter(isThere).map(({ id }) => id));
  return new Map(
    items.flatMap((item) => {
      const id = item.hashes.map((hash) => found.get(hash)).find((each) => each !== undefined && there.has(each));
      return id === undefined ? [] : [[item, id] as const];
    }),
  );
}

function isThere(job: JobDocument): boolean {
  return job.state === 'successful' && job['removed-time'] === undefined;
}
