import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The receipts of the requests that a worker holds, as files in its work directory: whoever takes the directory after a kill gives the requests back,
 * instead of leaving them to leases that last long.
 */
export interface Receipts {
  /** Those of requests that were held when a worker was killed. */
  readonly left: readonly string[];
  keep(receiptHandle: string): Promise<void>;
  drop(receiptHandle: string): Promise<void>;
}

/** The receipts in a directory, which is made where it is not there. */
export async function openReceipts(directory: string): Promise<Receipts> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const files = (await readdir(directory)).map((name) => join(directory, name));
  const left = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  // A kill may have come before the receipt was written.
  await Promise.all(files.map((file, at) => (left[at] === '' ? rm(file) : undefined)));
  const fileOf = (receiptHandle: string): string =>
    join(directory, createHash('sha256').update(receiptHandle).digest('hex'));
  return {
    left: left.filter((receiptHandle) => receiptHandle !== ''),
    keep: (receiptHandle) => writeFile(fileOf(receiptHandle), receiptHandle, { mode: 0o600 }),
    drop: (receiptHandle) => rm(fileOf(receiptHandle), { force: true }),
  };
}
