import { emptyState, fold, type JobUpdate, OWNED_FIELDS, toDocument } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import type { PageWindow } from '../http/page.ts';

/** Updates that are read at once. */
const READ_AT_ONCE = 500;

/** Members that say the same as others, or how the document is kept. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['id', 'merge', 'input-values', 'output-values', 'update-time']);

/** An update as it came, and which members of the job's document it changed: none where another said more already. */
export interface ExplainedUpdate extends JobUpdate {
  readonly changes: readonly string[];
}

/** A page of the updates of a job in the order of their times, each with what it changed; those before the page are merged first. */
export async function explainUpdates(
  database: Pick<JobsDatabase, 'updatesOf'>,
  jobId: string,
  { from, size }: PageWindow,
): Promise<{ readonly items: readonly ExplainedUpdate[]; readonly total: number }> {
  let state = emptyState(jobId);
  let document: Members = {};
  const items: ExplainedUpdate[] = [];
  for (let start = 0; ; start += READ_AT_ONCE) {
    const page = await database.updatesOf(jobId, { from: start, size: Math.min(READ_AT_ONCE, from + size - start) });
    for (const [i, update] of page.items.entries()) {
      const before = document;
      state = fold(state, update);
      document = toDocument(undefined, state);
      if (start + i >= from) items.push({ ...update, changes: changedMembers(before, document) });
    }
    const isRead = start + page.items.length >= Math.min(from + size, page.total);
    if (isRead || page.items.length === 0) return { items, total: page.total };
  }
}

type Members = Readonly<Record<string, unknown>>;

function changedMembers(before: Members, after: Members): readonly string[] {
  return [...OWNED_FIELDS].filter(
    (name) => !NOT_SHOWN.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}
