import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { NumberArray } from '../columns/number-array.ts';
import { readStored, type Stored } from '../columns/stored-array.ts';
import {
  ALIGNMENT,
  type ArrayPlace,
  type ArrayReference,
  FORMAT_VERSION,
  type FrozenValue,
  HEADER_BYTES,
  isNumberArray,
  kindOf,
  MAGIC,
  TRAILER_BYTES,
} from './checkpoint-format.ts';
import { gmac } from './checksum.ts';

/** What is smaller is collected and written together. */
const WRITE_BYTES = 256 * 1024;

/** A checkpoint file that was written. */
export interface WrittenCheckpoint {
  readonly bytes: number;
  /** Where each array now is that `placeOf` did not know. */
  readonly places: ReadonlyMap<Stored<NumberArray>, ArrayPlace>;
}

/**
 * Writes a new file and syncs it; the format stands in FORMAT.md. Arrays of which `placeOf` knows that an older file has them are only referred to. The
 * caller syncs the directory.
 */
export async function writeCheckpointFile(
  path: string,
  generation: number,
  value: FrozenValue,
  placeOf: (array: Stored<NumberArray>) => ArrayPlace | undefined,
): Promise<WrittenCheckpoint> {
  const file = await open(path, 'wx', 0o600);
  try {
    const output = new Output(file);
    const header = Buffer.alloc(HEADER_BYTES);
    header.write(MAGIC, 'latin1');
    header.writeUInt32LE(FORMAT_VERSION, 4);
    await output.append(header);
    const places = new Map<Stored<NumberArray>, ArrayPlace>();
    const write = async (array: Stored<NumberArray>): Promise<ArrayPlace> => {
      const inMemory = readStored(array);
      const bytes = Buffer.from(inMemory.buffer, inMemory.byteOffset, inMemory.byteLength);
      const place = {
        kind: kindOf(inMemory),
        generation,
        offset: output.offset,
        bytes: bytes.length,
        checksum: gmac(bytes),
      };
      places.set(array, place);
      await output.append(bytes);
      await output.append(Buffer.alloc(-output.offset & (ALIGNMENT - 1)));
      return place;
    };
    const refer = async (array: Stored<NumberArray>): Promise<ArrayReference> => {
      const place = placeOf(array) ?? places.get(array) ?? (await write(array));
      const { kind, offset, bytes, checksum } = place;
      const reference = [kind, offset, bytes, checksum] as const;
      return { $array: place.generation === generation ? reference : [...reference, place.generation] };
    };
    const manifest = Buffer.from(JSON.stringify(await withReferences(value, refer)));
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.writeDoubleLE(output.offset, 0);
    trailer.writeUInt32LE(manifest.length, 8);
    trailer.writeUInt32LE(crc32(manifest), 12);
    trailer.write(MAGIC, TRAILER_BYTES - MAGIC.length, 'latin1');
    await output.append(manifest);
    await output.append(trailer);
    await output.flush();
    await file.sync();
    return { bytes: output.offset, places };
  } finally {
    await file.close();
  }
}

/** A copy of a value with references in the place of its arrays. */
async function withReferences(
  current: FrozenValue,
  refer: (array: Stored<NumberArray>) => Promise<ArrayReference>,
): Promise<unknown> {
  if (isNumberArray(current)) return refer(current);
  if (typeof current !== 'object' || current === null) return current;
  if (Array.isArray(current)) {
    const placed: unknown[] = [];
    for (const item of current) placed.push(await withReferences(item, refer));
    return placed;
  }
  const placed: [string, unknown][] = [];
  for (const [name, item] of Object.entries(current)) placed.push([name, await withReferences(item, refer)]);
  return Object.fromEntries(placed);
}

/** Puts bytes one behind the other, small ones together. */
class Output {
  readonly #file: FileHandle;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #written = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Where the next byte goes. */
  get offset(): number {
    return this.#written + this.#pendingBytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= WRITE_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#written + done);
      done += bytesWritten;
    }
    this.#written += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
