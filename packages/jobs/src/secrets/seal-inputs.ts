import { createHmac } from 'node:crypto';
import { DaybookError } from '@daybook/errors';
import { inputsHash } from '../inputs-hash.ts';
import type { JsonObject } from '../json.ts';
import { seal } from './seal.ts';
import type { SecretKey, SecretKeys } from './secret-keys.ts';

/** What stands in the place of a secret wherever inputs are shown. */
export const SECRET_SHOWN = '***';

/** The inputs of a job in the form in which they may be kept. */
export interface SealedInputs {
  /** Each secret is {@link SECRET_SHOWN}. */
  readonly inputs: JsonObject;
  /** Input id → sealed value. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The inputs' hash under each key, that of the first key first; without secrets they are the same. */
  readonly hashes: readonly [string, ...string[]];
}

/** Seals the secrets among the inputs of a job; null is no secret. Throws `invalid-argument`, naming the input, for a secret that is no text. */
export function sealInputs(
  keys: SecretKeys,
  jobId: string,
  inputs: JsonObject,
  secretIds: readonly string[],
): SealedInputs {
  const values = secretIds.flatMap((id): [string, string][] => {
    const value = Object.hasOwn(inputs, id) ? inputs[id]! : null;
    if (value === null) return [];
    if (typeof value === 'string') return [[id, value]];
    throw new DaybookError('invalid-argument', `input ${JSON.stringify(id)}: expected a string, as it is secret`);
  });
  const withSecrets = (replace: (id: string, value: string) => JsonObject[string]): JsonObject => ({
    ...inputs,
    ...Object.fromEntries(values.map(([id, value]) => [id, replace(id, value)])),
  });
  const hashUnder = (key: SecretKey): string =>
    inputsHash(withSecrets((id, value) => ({ secret: digest(key, id, value) })));
  const [first, ...others] = keys;
  return {
    inputs: withSecrets(() => SECRET_SHOWN),
    secrets: Object.fromEntries(values.map(([inputId, value]) => [inputId, seal(keys, { jobId, inputId }, value)])),
    hashes: [hashUnder(first), ...others.map(hashUnder)],
  };
}

/** Without the key, no guess of a value can be tried on a hash. */
function digest(key: SecretKey, inputId: string, value: string): string {
  return createHmac('sha256', key.digest)
    .update(JSON.stringify([inputId, value]))
    .digest('hex');
}
