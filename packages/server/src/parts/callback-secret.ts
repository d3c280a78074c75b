import { readFileSync } from 'node:fs';
import { DaybookError } from '@daybook/errors';

const MIN_LENGTH = 16;

/** The secret in `file`, without white space around it. Throws `invalid-argument`, naming the file, where it cannot be read or is too short to protect anything. */
export function readCallbackSecret(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new DaybookError('invalid-argument', `callback-secret-file: ${file} cannot be read`, { cause });
  }
  if (secret.length >= MIN_LENGTH) return secret;
  throw new DaybookError(
    'invalid-argument',
    `callback-secret-file: ${file} must hold at least ${MIN_LENGTH} characters, not ${secret.length}`,
  );
}
