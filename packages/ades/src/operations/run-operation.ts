import type { AdesContext } from '../ades-context.ts';
import { PAGE_IDS } from './create-operation.ts';
import type { Operation } from './operation.ts';
import type { Failures } from './perform/failures.ts';
import { performerOf } from './perform/perform.ts';

/** Jobs of one step; the operation's document is written after each. */
const STEP_JOBS = 100;
const MAX_FAILURES = 100;

/** Who goes on with an operation. */
interface RunOptions {
  readonly owner: string;
  readonly leaseMs: number;
  /** Ends it after the step that is under way, and gives the operation back. */
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
}

/**
 * Claims an operation and goes on with it to its end, unless somebody else is at it. A step is counted by a write that only who holds the operation can make, so each job
 * counts once, whatever was done with it twice. Rejects where the database is away; the operation is given back, or its lease runs out.
 */
export async function runOperation(
  context: AdesContext,
  id: string,
  { owner, leaseMs, signal, log }: RunOptions,
): Promise<void> {
  const { operations } = context.database;
  const lease = (): Partial<Operation> => ({ owner, 'lease-until': new Date(Date.now() + leaseMs).toISOString() });
  /** Undefined where the operation is another's now. */
  const changeOwn = (change: (stored: Operation) => Operation): Promise<Operation | undefined> =>
    operations.change<Operation>(id, (stored) => (stored.owner === owner ? change(stored) : undefined));

  let operation = await operations.change<Operation>(id, (stored) =>
    stored.status !== 'running' || Date.parse(stored['lease-until'] ?? '1970-01-01') > Date.now()
      ? undefined
      : { ...stored, ...lease() },
  );
  if (operation === undefined) return;
  const keeper = setInterval(() => {
    // A lease that could not be kept shows at the next step.
    changeOwn((stored) => ({ ...stored, ...lease() })).catch(() => undefined);
  }, leaseMs / 3);
  try {
    const perform = performerOf(context, operation, log);
    while (operation !== undefined && operation.done + operation.failed < operation.matched) {
      if (signal.aborted) {
        await changeOwn(withoutLease);
        return;
      }
      const ids = await nextIds(context, operation);
      const failures = await perform(ids);
      operation = await changeOwn((stored) => ({ ...counted(stored, ids.length, failures), ...lease() }));
    }
    if (operation === undefined) return;
    await operations.deleteIds(id);
    // What a finished operation did, searches find.
    await context.database.refreshJobs();
    await changeOwn((stored) => ({ ...withoutLease(stored), status: 'done', finished: new Date().toISOString() }));
  } catch (error) {
    await changeOwn(withoutLease).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(keeper);
  }
}

async function nextIds({ database }: AdesContext, { id, done, failed }: Operation): Promise<readonly string[]> {
  const position = done + failed;
  const page = await database.operations.getIds(id, Math.floor(position / PAGE_IDS));
  const ids = page?.slice(position % PAGE_IDS, (position % PAGE_IDS) + STEP_JOBS) ?? [];
  if (ids.length === 0) throw new Error(`operation ${id} has no ids from its job ${position} on`);
  return ids;
}

function counted(operation: Operation, jobs: number, failures: Failures): Operation {
  const listed = [...failures].map(([jobID, detail]) => ({ jobID, detail }));
  return {
    ...operation,
    done: operation.done + jobs - failures.size,
    failed: operation.failed + failures.size,
    failures: [...operation.failures, ...listed].slice(0, MAX_FAILURES),
  };
}

function withoutLease({ owner: _, 'lease-until': __, ...operation }: Operation): Operation {
  return operation as Operation;
}
