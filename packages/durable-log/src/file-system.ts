/** One open file. Writes and reads name their place in the file; there is no cursor. */
export interface LogFile {
  /** Writes some of `bytes` at `offset` and returns how many were written, which may be fewer than given. */
  write(bytes: Uint8Array, offset: number): number;
  /** Reads into `target` from `offset` and returns how many bytes were read; 0 at the end of the file. */
  read(target: Uint8Array, offset: number): number;
  /** Resolves when all that was written before the call is on disk. */
  sync(): Promise<void>;
  /** As {@link sync}, but blocks the event loop. */
  syncBlocking(): void;
  /** Puts zeros where the file ends, `from` to `to`, so that a sync of what is written there later has no size and no blocks of the file to put down. */
  preallocate(from: number, to: number): void;
  truncate(bytes: number): void;
  size(): number;
  close(): void;
}

/** The part of a file system that a log needs, so that tests can put one that fails in its place. */
export interface FileSystem {
  makeDirectory(path: string): Promise<void>;
  /** Names of the files in a directory, in no order. */
  list(directory: string): Promise<string[]>;
  /** Opens for reading and writing; `create` makes a new, empty file and fails if there is one. */
  open(path: string, mode: 'create' | 'existing'): LogFile;
  remove(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
  syncDirectoryBlocking(path: string): void;
}
