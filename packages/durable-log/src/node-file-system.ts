import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { mkdir, readdir, unlink } from 'node:fs/promises';
import type { FileSystem, LogFile } from './file-system.ts';
import { syncDirectory, syncDirectoryBlocking } from './sync-directory.ts';
import { writeFully } from './transfer.ts';

class NodeFile implements LogFile {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  write(bytes: Uint8Array, offset: number): number {
    return writeSync(this.#descriptor, bytes, 0, bytes.length, offset);
  }

  read(target: Uint8Array, offset: number): number {
    return readSync(this.#descriptor, target, 0, target.length, offset);
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#descriptor, (error) => (error ? reject(error) : resolve()));
    });
  }

  syncBlocking(): void {
    fdatasyncSync(this.#descriptor);
  }

  preallocate(from: number, to: number): void {
    writeFully(this, Buffer.alloc(to - from), from);
  }

  truncate(bytes: number): void {
    ftruncateSync(this.#descriptor, bytes);
  }

  size(): number {
    return fstatSync(this.#descriptor).size;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** The operating system's files. */
export const nodeFileSystem: FileSystem = {
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  list: (directory) => readdir(directory),
  open: (path, mode) => new NodeFile(openSync(path, mode === 'create' ? 'wx+' : 'r+', 0o600)),
  remove: (path) => unlink(path),
  syncDirectory,
  syncDirectoryBlocking,
};
