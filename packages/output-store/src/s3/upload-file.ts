import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { MultipartUpload, UploadedPart } from '@daybook/aws-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { MemoryBudget } from './memory-budget.ts';
import type { StoreBucket } from './store-bucket.ts';
import { TaskGroup } from './task-group.ts';

/** What an upload works with. */
export interface Uploader {
  readonly bucket: StoreBucket;
  /** Shared by all uploads of the store. */
  readonly budget: MemoryBudget;
}

const MEBIBYTE = 2 ** 20;
/** What is larger goes up in parts of this size. */
const PART_BYTES = 8 * MEBIBYTE;
/** spec: Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
const MAX_PARTS = 10_000;
const MAX_RUNNING_PARTS = 8;

/**
 * Brings a file to `key`. S3 checks each request against its SHA-256, and keeps that. A failed upload leaves no parts behind. Throws
 * `conflict` where the file gets shorter meanwhile.
 */
export async function uploadFile(path: string, key: string, uploader: Uploader, signal: AbortSignal): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    if (size > PART_BYTES) return await uploadInParts(file, size, key, uploader, signal);
    await uploader.budget.spend(size, async () => {
      await uploader.bucket.put(key, await readPart(file, 0, size), { signal });
    });
  } finally {
    await file.close();
  }
}

async function uploadInParts(
  file: FileHandle,
  size: number,
  key: string,
  { bucket, budget }: Uploader,
  signal: AbortSignal,
): Promise<void> {
  const { client } = bucket.place;
  const address = { bucket: bucket.place.bucket, key };
  const upload = await bucket.call(key, () => client.createMultipartUpload(address, { signal }), { signal });
  const group = new TaskGroup(MAX_RUNNING_PARTS, signal);
  const parts: UploadedPart[] = [];
  const partBytes = Math.max(PART_BYTES, Math.ceil(size / MAX_PARTS / MEBIBYTE) * MEBIBYTE);
  try {
    for (let start = 0, index = 0; start < size; start += partBytes, index++) {
      const length = Math.min(partBytes, size - start);
      const uploadPart = async (until: AbortSignal): Promise<void> => {
        const body = await readPart(file, start, length);
        const send = () => client.uploadPart(upload, index + 1, body, { signal: until });
        parts[index] = await bucket.call(key, send, { signal: until });
      };
      await group.start((until) => budget.spend(length, () => uploadPart(until)));
    }
    await group.settle();
    await complete(upload, parts, size, bucket, signal);
  } catch (error) {
    await group.cancel();
    await client.abortMultipartUpload(upload).catch(() => {});
    throw error;
  }
}

/** A completion whose answer got lost finds no upload when it is tried again. */
async function complete(
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
  size: number,
  bucket: StoreBucket,
  signal: AbortSignal,
): Promise<void> {
  const { client } = bucket.place;
  const finish = async (): Promise<void> => {
    try {
      await client.completeMultipartUpload(upload, parts, { signal });
    } catch (error) {
      const isDone = isDaybookError(error, 'not-found') && (await bucket.head(upload.key))?.sizeBytes === size;
      if (!isDone) throw error;
    }
  };
  await bucket.call(upload.key, finish, { signal });
}

async function readPart(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(buffer, read, length - read, start + read);
    if (bytesRead === 0) throw new DaybookError('conflict', 'An output got shorter while it was stored');
    read += bytesRead;
  }
  return buffer;
}
