import { DaybookError, isDaybookError } from '@daybook/errors';
import { type JobDocument, type JsonObject, redeemSecrets, SECRET_SHOWN, type SecretKeys } from '@daybook/jobs';

/**
 * The inputs of a job's retry: its own with those of `set` over them. Throws `invalid-argument` where the value of a secret one is gone and `set` has none: sealed
 * values are dropped when a job ends.
 */
export function retryInputs(keys: SecretKeys, job: JobDocument, set: JsonObject): JsonObject {
  const hidden = Object.keys(job.inputs).filter((id) => job.inputs[id] === SECRET_SHOWN && !Object.hasOwn(set, id));
  if (hidden.length === 0) return { ...job.inputs, ...set };
  try {
    return { ...job.inputs, ...redeemSecrets(keys, job, hidden), ...set };
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw new DaybookError('invalid-argument', `${error.message}: give it in set.inputs`, { cause: error });
  }
}
