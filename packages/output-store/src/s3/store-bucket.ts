import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ListRequest, ObjectHead, ObjectPage, S3Client } from '@daybook/aws-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { ByteRange } from '../stored-file.ts';
import { type Patience, retryTransient } from './retry-transient.ts';

/** Where the store is, and by what it is reached. */
export interface BucketPlace {
  readonly client: S3Client;
  readonly bucket: string;
  /** Before every key; empty, or ends with a slash. */
  readonly prefix: string;
  /** Told of outages. */
  readonly log: (message: string) => void;
}

/** spec: Amazon S3 User Guide, "Naming Amazon S3 objects". */
const MAX_KEY_BYTES = 1024;

/**
 * The bucket of a store. What passes is tried again: as long as the signal lets it, or else a few times. Every other refusal of S3 is `unavailable`,
 * because it is about the store and never about a job, and rights and buckets can be mended.
 */
export class StoreBucket {
  readonly place: BucketPlace;

  constructor(place: BucketPlace) {
    this.place = place;
  }

  /** Calls S3 for `key` as the class says. */
  async call<T>(key: string, action: () => Promise<T>, patience: Patience = {}): Promise<T> {
    const { bucket, log } = this.place;
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
      const message = `The output store cannot keep ${JSON.stringify(key.slice(-200))}: a key of S3 has at most ${MAX_KEY_BYTES} bytes`;
      throw new DaybookError('unsupported', message);
    }
    try {
      return await retryTransient(action, patience, (error) =>
        log(`The output store s3://${bucket} does not answer and is tried again: ${error.message}`),
      );
    } catch (cause) {
      patience.signal?.throwIfAborted();
      if (!(cause instanceof DaybookError) || cause.code === 'already-exists') throw cause;
      throw new DaybookError('unavailable', `The output store s3://${bucket} cannot be used: ${cause.message}`, {
        cause,
      });
    }
  }

  async put(key: string, body: Uint8Array | string, patience: Patience = {}): Promise<void> {
    const { client, bucket } = this.place;
    const { signal } = patience;
    await this.call(key, () => client.putObject({ bucket, key }, body, {}, { signal }), patience);
  }

  /** False where the key is taken; by an earlier try of this call, it may be. */
  async putIfAbsent(key: string, body: string, patience: Patience = {}): Promise<boolean> {
    const { client, bucket } = this.place;
    const { signal } = patience;
    try {
      const condition = { 'if-none-match': '*' };
      await this.call(key, () => client.putObject({ bucket, key }, body, condition, { signal }), patience);
      return true;
    } catch (error) {
      if (isDaybookError(error, 'already-exists')) return false;
      throw error;
    }
  }

  head(key: string): Promise<ObjectHead | undefined> {
    const { client, bucket } = this.place;
    return this.call(key, () => client.headObject({ bucket, key }));
  }

  /** A small object as text, or undefined. */
  async text(key: string): Promise<string | undefined> {
    const { client, bucket } = this.place;
    return this.call(key, async () => {
      try {
        return await text((await client.getObject({ bucket, key })).body);
      } catch (error) {
        if (isDaybookError(error, 'not-found') && error.detail?.awsCode === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  /** Both ends of the range are counted in. */
  async read(key: string, range?: ByteRange): Promise<Readable> {
    const { client, bucket } = this.place;
    const headers: Record<string, string> = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
    return (await this.call(key, () => client.getObject({ bucket, key }, headers))).body;
  }

  page(request: Omit<ListRequest, 'bucket'>, patience: Patience = {}): Promise<ObjectPage> {
    const { client, bucket } = this.place;
    const { signal } = patience;
    return this.call(request.prefix, () => client.listObjects({ bucket, ...request }, { signal }), patience);
  }

  /** All pages. */
  async *pages(
    request: Omit<ListRequest, 'bucket' | 'continuationToken'>,
    patience: Patience = {},
  ): AsyncGenerator<ObjectPage> {
    for (let token: string | undefined; ; ) {
      const page = await this.page({ ...request, ...(token !== undefined && { continuationToken: token }) }, patience);
      yield page;
      token = page.nextToken;
      if (token === undefined) return;
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    const { client, bucket } = this.place;
    if (keys.length > 0) await this.call('', () => client.deleteObjects(bucket, keys));
  }

  async deleteBelow(prefix: string): Promise<void> {
    for await (const { objects } of this.pages({ prefix })) await this.delete(objects.map(({ key }) => key));
  }
}
