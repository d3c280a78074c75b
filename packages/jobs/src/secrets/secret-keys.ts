import { hkdfSync, randomBytes } from 'node:crypto';
import { DaybookError } from '@daybook/errors';

/** A key under which secret inputs are sealed. */
export interface SecretKey {
  /** Stands in what was sealed with it. */
  readonly id: string;
  /** Of AES-256-GCM. */
  readonly sealing: Buffer;
  /** Of HMAC-SHA-256. */
  readonly digest: Buffer;
}

/** The keys of a file: the first one seals, all of them open (SECRETS.md). */
export type SecretKeys = readonly [SecretKey, ...SecretKey[]];

const KEY_BYTES = 32;
const LINE = /^([A-Za-z0-9_-]{1,64}) ([A-Za-z0-9_-]{43})$/;

/** The content of a new key file: one random key. */
export function newSecretKeys(): string {
  return `${randomBytes(6).toString('base64url')} ${randomBytes(KEY_BYTES).toString('base64url')}\n`;
}

/** Reads the content of a key file. Throws `invalid-argument` with the number of the line, and never what stands there. */
export function parseSecretKeys(content: string): SecretKeys {
  const keys = content.split('\n').flatMap((text, i): SecretKey[] => {
    const line = text.trim();
    if (line === '' || line.startsWith('#')) return [];
    const [, id, secret] = LINE.exec(line) ?? [];
    if (id === undefined || secret === undefined) {
      const expected = `expected "<key id> <${KEY_BYTES} bytes in base64url>"`;
      throw new DaybookError('invalid-argument', `line ${i + 1} is no key of secret inputs: ${expected}`);
    }
    return [buildKey(id, Buffer.from(secret, 'base64url'))];
  });
  const [first, ...others] = keys;
  if (first === undefined) throw new DaybookError('invalid-argument', 'there is no key of secret inputs');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new DaybookError('invalid-argument', 'two keys of secret inputs have the same id');
  }
  return [first, ...others];
}

function buildKey(id: string, secret: Buffer): SecretKey {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `daybook ${use}`, KEY_BYTES));
  return { id, sealing: derive('seal'), digest: derive('inputs-hash') };
}
