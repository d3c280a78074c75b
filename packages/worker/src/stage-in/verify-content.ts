import { createHash, getHashes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { DaybookError } from '@daybook/errors';

/** What a File object says of its content, where it says anything. */
export interface ExpectedContent {
  /** `sha1$<hexadecimal>`, as CWL has it, or the same with another digest. */
  readonly checksum?: unknown;
  readonly size?: unknown;
}

/** Throws `invalid-argument` where a fetched file is not the one that was meant. */
export async function verifyContent(path: string, expected: ExpectedContent): Promise<void> {
  const { size } = await stat(path);
  if (typeof expected.size === 'number' && expected.size !== size) {
    throw new DaybookError('invalid-argument', `it has ${size} bytes, expected ${expected.size}`);
  }
  if (typeof expected.checksum !== 'string') {
    return;
  }
  const [algorithm = '', digest = ''] = expected.checksum.split('$');
  if (!getHashes().includes(algorithm)) {
    throw new DaybookError('invalid-argument', `its checksum ${JSON.stringify(expected.checksum)} is of no known kind`);
  }
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  const found = hash.digest('hex');
  if (found !== digest.toLowerCase()) {
    throw new DaybookError('invalid-argument', `its checksum is ${algorithm}$${found}, expected ${expected.checksum}`);
  }
}
