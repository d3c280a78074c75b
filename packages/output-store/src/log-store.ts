import type { StoredFile } from './stored-file.ts';

/** A log of one attempt of a job. */
export interface StoredLog {
  /** Any text, such as `align.stderr`. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** Writes one log. What is appended can be read within {@link LogStore.growIntervalMs}; after a crash of the machine its end may be missing. */
export interface LogAppender {
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The logs of jobs, per attempt. They are there while an attempt runs, whatever becomes of it, and until the job is removed. */
export interface LogStore {
  /** How often what is appended to a log appears in it; looking more often shows nothing new. */
  readonly growIntervalMs: number;
  /** Makes the place of an attempt's logs, empty at first. No error where it is there. */
  create(jobId: string, attempt: number): Promise<void>;
  /** Makes a log, or goes on with one that is there, in a place that is there. `invalid-argument` for a name of over about 240 bytes. */
  append(jobId: string, attempt: number, name: string): Promise<LogAppender>;
  /** The newest attempt that has a place for logs, or undefined. */
  newestAttempt(jobId: string): Promise<number | undefined>;
  /** In the order of their names; undefined where the attempt has no place for logs. */
  list(jobId: string, attempt: number): Promise<readonly StoredLog[] | undefined>;
  /** A log as it is now; it may grow. */
  open(jobId: string, attempt: number, name: string): Promise<StoredFile | undefined>;
}
