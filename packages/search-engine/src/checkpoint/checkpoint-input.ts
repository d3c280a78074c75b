import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DaybookError } from '@daybook/errors';
import type { NumberArray } from '../columns/number-array.ts';
import {
  ARRAY_KINDS,
  type ArrayReference,
  FORMAT_VERSION,
  HEADER_BYTES,
  MAGIC,
  TRAILER_BYTES,
} from './checkpoint-format.ts';
import { ARRAY_CHECKSUMS, type Checksum, MANIFEST_CHECKSUMS } from './checksum.ts';

/** A checkpoint file that is read. What is damaged is `corrupt`. */
export class CheckpointInput {
  readonly size: number;
  readonly #path: string;
  /** Undefined once it is closed. */
  #fd: number | undefined;
  readonly #version: number;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'r');
    try {
      this.size = fstatSync(this.#fd).size;
      const header = this.#read(0, HEADER_BYTES);
      if (header.toString('latin1', 0, 4) !== MAGIC) throw this.#corrupt('is no checkpoint');
      this.#version = header.readUInt32LE(4);
      if (this.#version < 1 || this.#version > FORMAT_VERSION) {
        throw new DaybookError(
          'unsupported',
          `${path} has checkpoint format ${this.#version}; this program reads 1 to ${FORMAT_VERSION}`,
        );
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** JSON with references in the place of arrays. */
  readManifest(): unknown {
    const trailer = this.#read(this.size - TRAILER_BYTES, TRAILER_BYTES);
    if (trailer.toString('latin1', TRAILER_BYTES - MAGIC.length) !== MAGIC) throw this.#corrupt('is no checkpoint');
    const manifest = this.#read(trailer.readDoubleLE(0), trailer.readUInt32LE(8));
    if (this.#checksum(MANIFEST_CHECKSUMS)(manifest) !== trailer.readUInt32LE(12)) {
      throw this.#corrupt('has a damaged manifest');
    }
    return JSON.parse(manifest.toString());
  }

  /** In memory of its own. */
  readArray({ $array: [kind, offset, length, checksum] }: ArrayReference): NumberArray {
    const bytes = this.#read(offset, length);
    if (this.#checksum(ARRAY_CHECKSUMS)(bytes) !== checksum) throw this.#corrupt(`has damaged data at byte ${offset}`);
    const Kind = ARRAY_KINDS[kind];
    return new Kind(bytes.buffer as ArrayBuffer, 0, length / Kind.BYTES_PER_ELEMENT);
  }

  /** Throws unless the file has these bytes. */
  checkExtent(offset: number, length: number): void {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > this.size) {
      throw this.#corrupt('is shorter than it says');
    }
  }

  #read(offset: number, length: number): Buffer {
    this.checkExtent(offset, length);
    if (this.#fd === undefined) throw new DaybookError('unavailable', `${this.#path} is closed`);
    const bytes = Buffer.from(new ArrayBuffer(length));
    for (let done = 0; done < length; ) {
      const count = readSync(this.#fd, bytes, done, length - done, offset + done);
      if (count === 0) throw this.#corrupt('ends early');
      done += count;
    }
    return bytes;
  }

  #checksum(byVersion: Readonly<Record<number, Checksum>>): Checksum {
    return byVersion[this.#version]!;
  }

  #corrupt(what: string): DaybookError {
    return new DaybookError('corrupt', `${this.#path} ${what}`, { detail: { path: this.#path } });
  }
}
