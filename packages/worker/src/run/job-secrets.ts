import { type JsonObject, secretInputs } from '@daybook/cwl';
import { type JobDocument, redeemSecrets } from '@daybook/jobs';
import type { ResolvedWorkerOptions } from '../options.ts';
import { maskOf } from './mask.ts';

/** The secrets of a job that runs. */
export interface JobSecrets {
  /** Ids of the inputs that are secret, whether or not they have a value. */
  readonly ids: readonly string[];
  /** Input id → value. */
  readonly values: Readonly<Record<string, string>>;
  /** A text of the job with its secrets replaced, for what is kept of it. */
  readonly mask: (text: string) => string;
}

/** Those of a job that has none. */
export const NO_SECRETS: JobSecrets = { ids: [], values: {}, mask: (text) => text };

/** Opens what the ADES has sealed. Throws, naming the input, where it cannot be opened: no other attempt could. */
export function openJobSecrets(
  job: JobDocument,
  document: JsonObject,
  options: Pick<ResolvedWorkerOptions, 'secretInputs' | 'secretKeys' | 'serverInputs'>,
): JobSecrets {
  const declared = secretInputs(document, options.secretInputs);
  // Those that the server fills in are nobody's to see either.
  const filledIn = Object.entries(options.serverInputs).filter(
    ([id, value]) => declared.includes(id) && typeof value === 'string' && !Object.hasOwn(job.inputs, id),
  );
  const values: Readonly<Record<string, string>> = {
    ...Object.fromEntries(filledIn.map(([id, value]) => [id, String(value)])),
    ...redeemSecrets(options.secretKeys, job, declared),
  };
  const ids = [...new Set([...declared, ...Object.keys(values)])];
  return { ids, values, mask: maskOf(Object.values(values)) };
}
