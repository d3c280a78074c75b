import { isDaybookError } from '@daybook/errors';
import { isJobId } from '@daybook/jobs';
import type { AdesContext } from '../../ades-context.ts';
import type { Operation, OperationAction } from '../operation.ts';
import { dismissJobs, removeOutputs } from './dismiss.ts';
import type { Failures, Perform } from './failures.ts';
import { changeLabelsOf } from './label.ts';
import { createRetry } from './retry.ts';

type Performer = (context: AdesContext, operation: Operation) => Perform;

const PERFORMERS: Readonly<Record<OperationAction, Performer>> = {
  retry: createRetry,
  dismiss: (context, operation) => (ids) => dismissJobs(context, operation, ids),
  delete: (context, operation) => (ids) => removeOutputs(context, operation, ids),
  label: (context, operation) => (ids) => changeLabelsOf(context, operation, ids),
};

/** What does the action of an operation; a job that cannot be dealt with holds up no other. */
export function performerOf(context: AdesContext, operation: Operation, log: (message: string) => void): Perform {
  const perform = PERFORMERS[operation.action](context, operation);

  async function performApart(ids: readonly string[]): Promise<Failures> {
    if (ids.length === 0) return new Map();
    try {
      return await perform(ids);
    } catch (error) {
      if (mayPass(error)) throw error;
      const [only, ...others] = ids;
      if (others.length === 0) {
        log(`operation ${operation.id} failed with job ${only}: ${String(error)}`);
        return new Map([[only!, 'The server made an error; its log has the reason']]);
      }
      const failures = new Map<string, string>();
      for (const id of ids) for (const [failed, reason] of await performApart([id])) failures.set(failed, reason);
      return failures;
    }
  }

  return async (ids) => {
    // Users may have written documents under any id.
    const unusable = ids.filter((id) => !isJobId(id));
    const failures = await performApart(ids.filter(isJobId));
    return new Map([...unusable.map((id) => [id, `${id} is no id of a job`] as const), ...failures]);
  };
}

/** Whether the same may succeed later. */
function mayPass(error: unknown): boolean {
  return isDaybookError(error, 'unavailable') || isDaybookError(error, 'timeout');
}
