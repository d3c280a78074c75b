import type { LogStore } from './log-store.ts';
import type { StagedOutputs, StageOptions } from './staged-outputs.ts';
import type { StoredFile } from './stored-file.ts';

/** A directory of a job's outputs; {@link OutputStore.list} shows what is in it. */
export interface StoredDirectory {
  readonly kind: 'directory';
  readonly name: string;
  readonly modifiedTime: Date;
}

/** One entry of a directory listing. */
export interface ListedEntry {
  readonly kind: 'file' | 'directory';
  readonly name: string;
  /** Of a file. */
  readonly sizeBytes?: number;
}

/** One page of a directory listing. */
export interface EntryPage {
  /** In an order of the store's own, which stays the same from page to page. */
  readonly entries: readonly ListedEntry[];
  /** What to pass as `after` for the next page; absent on the last one. */
  readonly nextAfter?: string;
}

/** Where a record was put, and what it must hash to. */
export interface StoredRecord {
  /** A `file:` or `s3:` URL below that of the store. */
  readonly url: string;
  /** Lower-case hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * The outputs of jobs, per attempt, in a directory tree (directory/LAYOUT.md) or in S3 (s3/KEYS.md). Outputs of an attempt appear whole or not at all, are
 * durable once published, and never change afterwards. Names are checked, so nothing is read or written outside the store: a name that is no
 * single path segment is `invalid-argument`, a link that leads out is `forbidden`. Any number of processes may share a store, as long as one at a
 * time stages a given attempt.
 */
export interface OutputStore {
  /** Where it is: a `file:` or `s3:` URL that ends with a slash. */
  readonly url: string;
  readonly logs: LogStore;
  /** Rejects with the reason where nothing can be stored now. */
  check(): Promise<void>;
  /** Begins to collect an attempt's outputs, and throws away what earlier attempts of the job staged and never published. */
  stage(jobId: string, attempt: number, options: StageOptions): Promise<StagedOutputs>;
  /** What was published at `path` (segments separated by `/`, not URL-encoded; `''` is the attempt itself), or undefined. */
  open(jobId: string, attempt: number, path: string): Promise<StoredFile | StoredDirectory | undefined>;
  /** A page of the directory at `path`, or undefined where there is none. `limit` is 1,000 unless told otherwise. */
  list(
    jobId: string,
    attempt: number,
    path: string,
    page?: { readonly limit?: number; readonly after?: string },
  ): Promise<EntryPage | undefined>;
  /** Stores the record of a verdict that is too large for a message (`results.json`), replacing one that is there. */
  putResults(jobId: string, attempt: number, bytes: Uint8Array): Promise<StoredRecord>;
  /** Removes one attempt's outputs, staged or published; its logs stay. No error where there are none. */
  removeAttempt(jobId: string, attempt: number): Promise<void>;
  /** Removes everything of a job. It is gone for readers before its files are deleted. No error where there is nothing. */
  remove(jobId: string): Promise<void>;
}
