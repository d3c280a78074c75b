import { stat } from 'node:fs/promises';
import { DaybookError } from '@daybook/errors';
import { digestFile, type ExpectedDigest, isKnownAlgorithm } from './digests.ts';

/** What a File object says of its content, where it says anything. */
export interface ExpectedContent {
  /** `sha1$<hexadecimal>`, as CWL has it, or the same with another digest. */
  readonly checksum?: unknown;
  readonly size?: unknown;
}

/**
 * Throws `invalid-argument` where a fetched file is not the one that was meant, or not the one that its server announced (`announced`).
 * Gives its SHA-256 where that is wanted.
 */
export async function verifyContent(
  path: string,
  expected: ExpectedContent,
  announced: readonly ExpectedDigest[] = [],
  wanted: readonly 'sha256'[] = [],
): Promise<{ readonly sha256: string | undefined }> {
  const { size } = await stat(path);
  if (typeof expected.size === 'number' && expected.size !== size) {
    throw new DaybookError('invalid-argument', `it has ${size} bytes, expected ${expected.size}`);
  }
  const digests = [...digestOf(expected), ...announced];
  const found = await digestFile(path, new Set([...digests.map(({ algorithm }) => algorithm), ...wanted]));
  for (const { algorithm, digest } of digests) {
    if (found.get(algorithm) !== digest) {
      const is = `${algorithm}$${found.get(algorithm)}`;
      throw new DaybookError('invalid-argument', `its checksum is ${is}, expected ${algorithm}$${digest}`);
    }
  }
  return { sha256: found.get('sha256') };
}

function digestOf({ checksum }: ExpectedContent): readonly ExpectedDigest[] {
  if (typeof checksum !== 'string') {
    return [];
  }
  const [algorithm = '', digest = ''] = checksum.split('$');
  if (!isKnownAlgorithm(algorithm)) {
    throw new DaybookError('invalid-argument', `its checksum ${JSON.stringify(checksum)} is of no known kind`);
  }
  return [{ algorithm, digest: digest.toLowerCase() }];
}
