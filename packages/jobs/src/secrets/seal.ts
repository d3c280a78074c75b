import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DaybookError } from '@daybook/errors';
import type { SecretKeys } from './secret-keys.ts';

/** The input of a job: a value that was sealed for one opens for no other. */
export interface SecretPlace {
  readonly jobId: string;
  readonly inputId: string;
}

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a value with the first key: `v1.<key id>.<nonce, ciphertext and tag in base64url>`. */
export function seal([key]: SecretKeys, place: SecretPlace, value: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.sealing, nonce).setAAD(associatedData(place));
  const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${key.id}.${sealed.toString('base64url')}`;
}

/**
 * The value that was sealed. Throws `not-found` where its key is none of `keys`, and `corrupt` for what was changed, or was sealed for another place or
 * with another key of that id.
 */
export function unseal(keys: SecretKeys, place: SecretPlace, text: string): string {
  const [version, keyId, content, ...rest] = text.split('.');
  const corrupt = (cause?: unknown): DaybookError => {
    const reason = 'what is stored of it was changed, or was sealed for another job or input, or with another key';
    return new DaybookError('corrupt', `The value of the secret input ${place.inputId} cannot be opened: ${reason}`, {
      cause,
    });
  };
  if (version !== VERSION || keyId === undefined || content === undefined || rest.length > 0) throw corrupt();
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) {
    const reason = `it was sealed with the key ${keyId}, which this worker does not have; it has ${keys.map(({ id }) => id).join(', ')}`;
    throw new DaybookError('not-found', `The value of the secret input ${place.inputId} cannot be opened: ${reason}`);
  }
  const sealed = Buffer.from(content, 'base64url');
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw corrupt();
  try {
    const decipher = createDecipheriv(ALGORITHM, key.sealing, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(associatedData(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw corrupt(cause);
  }
}

function associatedData({ jobId, inputId }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, jobId, inputId]));
}
