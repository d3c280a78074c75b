import type { Readable } from 'node:stream';

/** An object of a bucket. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** An answer of S3 whose body is still to be read, or destroyed. */
export interface ObjectAnswer {
  /** 200, 206, or 304 where the request's headers set a condition. */
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}
