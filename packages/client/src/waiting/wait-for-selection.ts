import { DaybookError } from '@daybook/errors';
import type { Changes } from '../ades/changes.ts';
import { bucketsOf, type JobQuery, SHOWN_WITHIN_MS, searchJobs } from '../ades/search.ts';
import type { Transport } from '../ades/transport.ts';
import { EXIT } from '../exit-codes.ts';
import { tell } from '../rendering/print.ts';
import { startProgress } from '../rendering/progress.ts';

const LEAST_MS = 1_000;
const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/**
 * Waits until all jobs of a query have ended, and says how many of them ended how. Jobs that were submitted again do not count: their successors
 * do. Sets the exit code where some did not succeed; throws `timeout` where the time is over before, `not-found` where there are none.
 */
export async function waitForSelection(
  ades: Transport,
  query: JobQuery,
  {
    timeoutSeconds = Number.POSITIVE_INFINITY,
    changes,
  }: { readonly timeoutSeconds: number | undefined; readonly changes: Pick<Changes, 'next'> },
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  const foundBy = Date.now() + SHOWN_WITHIN_MS;
  const progress = startProgress({ what: 'waiting', total: undefined });
  try {
    for (let waitMs = FIRST_MS; ; waitMs = Math.min(LONGEST_MS, waitMs * 1.5)) {
      const states = await countStates(ades, query);
      const open = (states.get('accepted') ?? 0) + (states.get('running') ?? 0);
      const text = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
      if (states.size === 0 && Date.now() > foundBy) throw new DaybookError('not-found', 'no job is selected');
      if (open === 0 && states.size > 0) {
        progress.end();
        return finish(states, text);
      }
      progress.update(open, text);
      const leftMs = deadline - Date.now();
      if (leftMs <= 0)
        throw new DaybookError('timeout', `after ${timeoutSeconds} s there are still ${text || 'no jobs'}`);
      await changes.next({ leastMs: LEAST_MS, pollMs: waitMs, mostMs: leftMs });
    }
  } finally {
    progress.end();
  }
}

async function countStates(ades: Transport, query: JobQuery): Promise<ReadonlyMap<string, number>> {
  const answer = await searchJobs(ades, {
    size: 0,
    query: { bool: { filter: [query], must_not: [{ exists: { field: 'superseded-by' } }] } },
    aggs: { states: { terms: { field: 'state' } } },
  });
  return new Map(bucketsOf(answer, 'states').map(({ key, doc_count }) => [key, doc_count]));
}

function finish(states: ReadonlyMap<string, number>, text: string): void {
  tell(text);
  if ([...states.keys()].some((state) => state !== 'successful')) process.exitCode = EXIT.failure;
}
