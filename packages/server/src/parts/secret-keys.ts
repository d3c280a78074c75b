import { statSync } from 'node:fs';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { newSecretKeys, parseSecretKeys, type SecretKeys } from '@daybook/jobs';
import { readOrCreate } from '../data-dir.ts';

const READABLE_BY_ALL = 0o004;

/**
 * The keys of secret inputs in `file`, which is made with one where there is none. Throws `invalid-argument`, naming the file, where it holds something else
 * or everybody on this machine may read it.
 */
export function openSecretKeys(file: string): SecretKeys {
  const content = readOrCreate(file, newSecretKeys);
  const mode = statSync(file).mode & 0o777;
  if ((mode & READABLE_BY_ALL) !== 0) {
    throw new DaybookError(
      'invalid-argument',
      `secret-key-file: everybody may read ${file}: expected the mode 600, found ${mode.toString(8)}`,
    );
  }
  try {
    return parseSecretKeys(content);
  } catch (cause) {
    if (!isDaybookError(cause)) throw cause;
    throw new DaybookError(cause.code, `secret-key-file: ${file}: ${cause.message}`, { cause });
  }
}
