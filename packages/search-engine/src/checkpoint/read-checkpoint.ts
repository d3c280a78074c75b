import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DaybookError } from '@daybook/errors';
import {
  ARRAY_KINDS,
  type ArrayKind,
  type ArrayPlace,
  FORMAT_VERSION,
  HEADER_BYTES,
  isArrayReference,
  MAGIC,
  TRAILER_BYTES,
} from './checkpoint-format.ts';
import { ARRAY_CHECKSUMS, type Checksum, MANIFEST_CHECKSUMS } from './checksum.ts';

/** A value that was read. */
export interface ReadCheckpoint {
  readonly value: unknown;
  /** Size of each file that it lies in, by generation. */
  readonly files: ReadonlyMap<number, number>;
  readonly places: ReadonlyMap<ArrayBufferView, ArrayPlace>;
}

/**
 * Reads back what {@link writeCheckpointFile} was given, each array in memory of its own. A damaged file is `corrupt`. In one go: nothing can be answered before
 * it is read, and tens of thousands of arrays would wait longer for their turn than for their bytes.
 */
export function readCheckpoint(generation: number, pathOf: (generation: number) => string): ReadCheckpoint {
  const files = new Map<number, InputFile>();
  const fileOf = (wanted: number): InputFile => {
    let file = files.get(wanted);
    if (file === undefined) {
      file = new InputFile(pathOf(wanted));
      files.set(wanted, file);
    }
    return file;
  };
  try {
    const places = new Map<ArrayBufferView, ArrayPlace>();
    const restore = (current: unknown): unknown => {
      if (typeof current !== 'object' || current === null) return current;
      if (isArrayReference(current)) {
        const [kind, offset, bytes, checksum, older] = current.$array;
        const place = { generation: older ?? generation, offset, bytes, checksum };
        const array = fileOf(place.generation).readArray(kind, place);
        places.set(array, place);
        return array;
      }
      if (Array.isArray(current)) return current.map(restore);
      return Object.fromEntries(Object.entries(current).map(([name, item]) => [name, restore(item)]));
    };
    const value = restore(fileOf(generation).readManifest());
    return { value, places, files: new Map([...files].map(([number, { size }]) => [number, size])) };
  } finally {
    for (const file of files.values()) file.close();
  }
}

/** A checkpoint file that is read. */
class InputFile {
  readonly size: number;
  readonly #path: string;
  readonly #fd: number;
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
    closeSync(this.#fd);
  }

  readManifest(): unknown {
    const trailer = this.#read(this.size - TRAILER_BYTES, TRAILER_BYTES);
    if (trailer.toString('latin1', TRAILER_BYTES - MAGIC.length) !== MAGIC) throw this.#corrupt('is no checkpoint');
    const manifest = this.#read(trailer.readDoubleLE(0), trailer.readUInt32LE(8));
    if (this.#checksum(MANIFEST_CHECKSUMS)(manifest) !== trailer.readUInt32LE(12)) {
      throw this.#corrupt('has a damaged manifest');
    }
    return JSON.parse(manifest.toString());
  }

  readArray(kind: ArrayKind, { offset, bytes: length, checksum }: ArrayPlace): ArrayBufferView {
    const bytes = this.#read(offset, length);
    if (this.#checksum(ARRAY_CHECKSUMS)(bytes) !== checksum) throw this.#corrupt(`has damaged data at byte ${offset}`);
    const Kind = ARRAY_KINDS[kind];
    return new Kind(bytes.buffer as ArrayBuffer, 0, length / Kind.BYTES_PER_ELEMENT);
  }

  #read(offset: number, length: number): Buffer {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > this.size) {
      throw this.#corrupt('is shorter than it says');
    }
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
