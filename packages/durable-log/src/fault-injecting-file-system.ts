import { rmSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSystem, LogFile } from './file-system.ts';
import { nodeFileSystem } from './node-file-system.ts';

/** What goes wrong from now on; a test changes it while the log runs. */
export interface Faults {
  /** One write takes at most this many bytes. */
  maxWriteBytes: number;
  /** The disk is full (ENOSPC) once this many more bytes are written. */
  freeBytes: number;
  /** Syncs resolve and make nothing durable. */
  loseSyncs: boolean;
  /** Syncs fail with this. */
  failSyncs: 'EIO' | 'ENOSPC' | undefined;
}

/** A file system for tests over the real one: it fails on demand, and a power cut undoes what was not synced. */
export interface FaultInjectingFileSystem extends FileSystem {
  readonly faults: Faults;
  /** How many syncs of files have been asked for. */
  readonly syncs: number;
  /**
   * Cuts the power: open files are dead, new files whose directory was not synced are gone, and of each file's bytes after its last
   * sync only as many stay as `keep` returns (none, unless given).
   */
  cutPower(keep?: (unsyncedBytes: number) => number): void;
  /** Turns one bit of a file over; bit 0 is the lowest of the first byte. */
  flipBit(path: string, bit: number): void;
}

interface FileState {
  writtenBytes: number;
  syncedBytes: number;
  /** With what was preallocated behind what is written. */
  fileBytes: number;
  syncedFileBytes: number;
  listed: boolean;
}

/** Files must be written at their ends only, or where they were preallocated, as a log does. */
export function createFaultInjectingFileSystem(): FaultInjectingFileSystem {
  return new FaultyFileSystem();
}

class FaultyFileSystem implements FaultInjectingFileSystem {
  readonly faults: Faults = { maxWriteBytes: Infinity, freeBytes: Infinity, loseSyncs: false, failSyncs: undefined };
  syncs = 0;
  readonly #states = new Map<string, FileState>();
  readonly #open = new Set<FaultyFile>();

  makeDirectory(path: string): Promise<void> {
    return nodeFileSystem.makeDirectory(path);
  }

  list(directory: string): Promise<string[]> {
    return nodeFileSystem.list(directory);
  }

  open(path: string, mode: 'create' | 'existing'): LogFile {
    if (mode === 'create' && this.faults.freeBytes <= 0) throw systemError('ENOSPC');
    const real = nodeFileSystem.open(path, mode);
    const state = this.#states.get(path) ?? {
      writtenBytes: real.size(),
      syncedBytes: real.size(),
      fileBytes: real.size(),
      syncedFileBytes: real.size(),
      listed: mode === 'existing',
    };
    this.#states.set(path, state);
    const file = new FaultyFile(this, real, state);
    this.#open.add(file);
    return file;
  }

  async remove(path: string): Promise<void> {
    await nodeFileSystem.remove(path);
    this.#states.delete(path);
  }

  async syncDirectory(path: string): Promise<void> {
    this.syncDirectoryBlocking(path);
  }

  syncDirectoryBlocking(path: string): void {
    if (this.faults.failSyncs !== undefined) throw systemError(this.faults.failSyncs);
    if (this.faults.loseSyncs) return;
    for (const [file, state] of this.#states) if (dirname(file) === path) state.listed = true;
  }

  cutPower(keep: (unsyncedBytes: number) => number = () => 0): void {
    for (const file of this.#open) file.die();
    this.#open.clear();
    for (const [path, { writtenBytes, syncedBytes, fileBytes, syncedFileBytes, listed }] of this.#states) {
      const kept = writtenBytes > syncedBytes ? syncedBytes + keep(writtenBytes - syncedBytes) : writtenBytes;
      if (!listed) rmSync(path);
      else if (kept < fileBytes || kept < syncedFileBytes) {
        truncateSync(path, kept);
        truncateSync(path, Math.max(kept, syncedFileBytes));
      }
    }
    this.#states.clear();
  }

  flipBit(path: string, bit: number): void {
    const file = nodeFileSystem.open(path, 'existing');
    const byte = new Uint8Array(1);
    file.read(byte, bit >> 3);
    byte[0]! ^= 1 << (bit & 7);
    file.write(byte, bit >> 3);
    file.close();
  }
}

class FaultyFile implements LogFile {
  readonly #owner: FaultyFileSystem;
  readonly #real: LogFile;
  readonly #state: FileState;
  #dead = false;

  constructor(owner: FaultyFileSystem, real: LogFile, state: FileState) {
    this.#owner = owner;
    this.#real = real;
    this.#state = state;
  }

  write(bytes: Uint8Array, offset: number): number {
    this.#requireAlive();
    const { faults } = this.#owner;
    const accepted = Math.min(bytes.length, faults.maxWriteBytes, faults.freeBytes);
    if (accepted <= 0) throw systemError('ENOSPC');
    const written = this.#real.write(bytes.subarray(0, accepted), offset);
    faults.freeBytes -= written;
    this.#state.writtenBytes = Math.max(this.#state.writtenBytes, offset + written);
    this.#state.fileBytes = Math.max(this.#state.fileBytes, offset + written);
    return written;
  }

  preallocate(from: number, to: number): void {
    this.#requireAlive();
    // What it takes does not count, so that a test tells the room that is left for records.
    if (this.#owner.faults.freeBytes < to - from) throw systemError('ENOSPC');
    this.#real.preallocate(from, to);
    this.#state.fileBytes = Math.max(this.#state.fileBytes, to);
  }

  read(target: Uint8Array, offset: number): number {
    this.#requireAlive();
    return this.#real.read(target, offset);
  }

  async sync(): Promise<void> {
    const { writtenBytes, fileBytes } = this.#state;
    await new Promise((resolve) => setImmediate(resolve));
    this.#requireAlive();
    this.#synced(writtenBytes, fileBytes);
  }

  syncBlocking(): void {
    this.#requireAlive();
    this.#synced(this.#state.writtenBytes, this.#state.fileBytes);
  }

  truncate(bytes: number): void {
    this.#requireAlive();
    this.#real.truncate(bytes);
    this.#state.writtenBytes = Math.min(this.#state.writtenBytes, bytes);
    this.#state.syncedBytes = Math.min(this.#state.syncedBytes, bytes);
    this.#state.fileBytes = bytes;
  }

  size(): number {
    return this.#real.size();
  }

  close(): void {
    if (!this.#dead) this.#real.close();
    this.#dead = true;
  }

  die(): void {
    this.close();
  }

  #synced(bytes: number, fileBytes: number): void {
    this.#owner.syncs++;
    const { failSyncs, loseSyncs } = this.#owner.faults;
    if (failSyncs !== undefined) throw systemError(failSyncs);
    if (loseSyncs) return;
    this.#state.syncedBytes = Math.max(this.#state.syncedBytes, bytes);
    this.#state.syncedFileBytes = fileBytes;
  }

  #requireAlive(): void {
    if (this.#dead) throw systemError('EBADF');
  }
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: injected by the test`), { code });
}
