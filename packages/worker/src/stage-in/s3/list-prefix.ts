import { DaybookError } from '@daybook/errors';
import { isTransient, retry } from '../../retry.ts';
import type { S3Inputs, S3Location } from './s3-inputs.ts';

/** A file of an s3 Directory. */
export interface PrefixFile {
  readonly location: S3Location;
  /** Its path in the Directory, at least one. */
  readonly segments: readonly string[];
}

/** Files of one Directory. */
const MAX_FILES = 10_000;
const MAX_TRIES = 5;

/**
 * The objects whose keys begin with the prefix, which ends with a slash or is empty, as the files of a directory. Throws `not-found` where there is none,
 * `limit-exceeded` where there are too many, `unsupported` for a key that is no path of files.
 */
export async function listPrefix(
  { bucket, key: prefix }: S3Location,
  { client }: S3Inputs,
  signal: AbortSignal,
): Promise<readonly PrefixFile[]> {
  const files: PrefixFile[] = [];
  let isEmpty = true;
  let failures = 0;
  const isPassing = (error: unknown): boolean => isTransient(error) && ++failures < MAX_TRIES;
  for (let token: string | undefined; ; ) {
    const request = { bucket, prefix, ...(token !== undefined && { continuationToken: token }) };
    const page = await retry(() => client.listObjects(request, { signal }), { signal, isPassing });
    for (const object of page.objects) {
      isEmpty = false;
      // What consoles make as a folder is an empty object whose key ends with a slash.
      if (!object.key.endsWith('/')) {
        files.push({ location: { bucket, key: object.key }, segments: segmentsOf(object.key, prefix) });
      }
    }
    if (files.length > MAX_FILES) {
      throw new DaybookError('limit-exceeded', `it has more than ${MAX_FILES} files`);
    }
    if (page.nextToken === undefined) {
      break;
    }
    token = page.nextToken;
  }
  if (isEmpty) {
    throw new DaybookError('not-found', `no key of the bucket ${bucket} begins with ${JSON.stringify(prefix)}`);
  }
  return files;
}

function segmentsOf(key: string, prefix: string): readonly string[] {
  const segments = key.slice(prefix.length).split('/');
  const isPath = segments.every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('\0'));
  if (!key.startsWith(prefix) || !isPath || segments.some((name) => Buffer.byteLength(name) > 255)) {
    throw new DaybookError('unsupported', `its key ${JSON.stringify(key)} is no path of files`);
  }
  return segments;
}
