import type { Readable } from 'node:stream';

/** A part of a stored file, in bytes; `end` is counted in, as in an HTTP range. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A file of a job's outputs, which never changes until it is removed with its attempt, or a log, which may grow. */
export interface StoredFile {
  readonly kind: 'file';
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedTime: Date;
  /** Opens the file when the stream is first read; a range beyond the end is cut to it. The stream fails when the file was removed meanwhile. */
  read(range?: ByteRange): Readable;
}
