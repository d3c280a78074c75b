import { DaybookError } from '@daybook/errors';
import type { JobDocument } from '../job-document.ts';
import { stateOf } from '../state-of.ts';
import { unseal } from './seal.ts';
import { SECRET_SHOWN } from './seal-inputs.ts';
import type { SecretKeys } from './secret-keys.ts';

/**
 * The values of the secrets of a job that has no verdict yet, by input id. Throws as `unseal` does, and `corrupt` where the sealed value of one of
 * `secretIds` is gone, so that its job must not run on what is shown in its place.
 */
export function redeemSecrets(
  keys: SecretKeys,
  job: JobDocument,
  secretIds: readonly string[],
): Readonly<Record<string, string>> {
  const sealed = stateOf(job.id, job).secrets?.value ?? {};
  const gone = secretIds.find((id) => job.inputs[id] === SECRET_SHOWN && !Object.hasOwn(sealed, id));
  if (gone !== undefined) {
    throw new DaybookError('corrupt', `The value of the secret input ${gone} is gone from the job's document`);
  }
  return Object.fromEntries(
    Object.entries(sealed).map(([inputId, text]) => [inputId, unseal(keys, { jobId: job.id, inputId }, String(text))]),
  );
}
