import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { crc32c } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';

/** Plain data with typed arrays in it: JSON values, and arrays of numbers that nobody changes any more. */
export type FrozenValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | ArrayBufferView
  | readonly FrozenValue[]
  | { readonly [name: string]: FrozenValue };

/** In the manifest, where an array stood: its kind, where its bytes are, and their checksum. */
interface ArrayReference {
  readonly $array: readonly [kind: ArrayKind, offset: number, bytes: number, checksum: number];
}

const MAGIC = 'DBCP';
const FORMAT_VERSION = 2;
/** By version: the checksum of arrays and of the manifest. CRC-32 is Node's own, and several times faster. */
const CHECKSUMS: Readonly<Record<number, (bytes: Uint8Array) => number>> = { 1: crc32c, 2: crc32 };
const HEADER_BYTES = 8;
const TRAILER_BYTES = 24;
const ALIGNMENT = 8;

const ARRAY_KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
type ArrayKind = keyof typeof ARRAY_KINDS;

/** Writes a new file and syncs it; the format stands in FORMAT.md. Returns its size. The caller syncs the directory. */
export async function writeCheckpointFile(path: string, value: FrozenValue): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    let offset = 0;
    const append = async (bytes: Uint8Array): Promise<void> => {
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written);
        written += bytesWritten;
      }
      offset += bytes.length;
    };
    const header = Buffer.alloc(HEADER_BYTES);
    header.write(MAGIC, 'latin1');
    header.writeUInt32LE(FORMAT_VERSION, 4);
    await append(header);
    const place = async (current: FrozenValue): Promise<unknown> => {
      if (ArrayBuffer.isView(current)) {
        const bytes = Buffer.from(current.buffer, current.byteOffset, current.byteLength);
        const reference: ArrayReference = { $array: [kindOf(current), offset, bytes.length, crc32(bytes)] };
        await append(bytes);
        await append(Buffer.alloc(-offset & (ALIGNMENT - 1)));
        return reference;
      }
      if (typeof current !== 'object' || current === null) return current;
      if (Array.isArray(current)) {
        const placed: unknown[] = [];
        for (const item of current) placed.push(await place(item));
        return placed;
      }
      const placed: [string, unknown][] = [];
      for (const [name, item] of Object.entries(current)) placed.push([name, await place(item)]);
      return Object.fromEntries(placed);
    };
    const manifest = Buffer.from(JSON.stringify(await place(value)));
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.writeDoubleLE(offset, 0);
    trailer.writeUInt32LE(manifest.length, 8);
    trailer.writeUInt32LE(crc32(manifest), 12);
    trailer.write(MAGIC, TRAILER_BYTES - MAGIC.length, 'latin1');
    await append(manifest);
    await append(trailer);
    await file.sync();
    return offset;
  } finally {
    await file.close();
  }
}

/**
 * Reads back what {@link writeCheckpointFile} was given, each array in memory of its own. A damaged file is `corrupt`. In one go: nothing can be answered before
 * it is read, and tens of thousands of arrays would wait longer for their turn than for their bytes.
 */
export function readCheckpointFile(path: string): { readonly value: unknown; readonly bytes: number } {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const read = (offset: number, length: number): Buffer => {
      if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > size) {
        throw corrupt(path, 'is shorter than it says');
      }
      const bytes = Buffer.from(new ArrayBuffer(length));
      for (let done = 0; done < length; ) {
        const count = readSync(file, bytes, done, length - done, offset + done);
        if (count === 0) throw corrupt(path, 'ends early');
        done += count;
      }
      return bytes;
    };
    const header = read(0, HEADER_BYTES);
    const trailer = read(size - TRAILER_BYTES, TRAILER_BYTES);
    if (header.toString('latin1', 0, 4) !== MAGIC || trailer.toString('latin1', TRAILER_BYTES - 4) !== MAGIC) {
      throw corrupt(path, 'is no checkpoint');
    }
    const version = header.readUInt32LE(4);
    const checksumOf = CHECKSUMS[version];
    if (checksumOf === undefined) {
      throw new DaybookError(
        'unsupported',
        `${path} has checkpoint format ${version}; this program reads 1 to ${FORMAT_VERSION}`,
      );
    }
    const manifest = read(trailer.readDoubleLE(0), trailer.readUInt32LE(8));
    if (checksumOf(manifest) !== trailer.readUInt32LE(12)) throw corrupt(path, 'has a damaged manifest');
    const restore = (current: unknown): unknown => {
      if (typeof current !== 'object' || current === null) return current;
      if (isArrayReference(current)) {
        const [kind, offset, length, checksum] = current.$array;
        const bytes = read(offset, length);
        if (checksumOf(bytes) !== checksum) throw corrupt(path, `has damaged data at byte ${offset}`);
        const Kind = ARRAY_KINDS[kind];
        return new Kind(bytes.buffer as ArrayBuffer, 0, length / Kind.BYTES_PER_ELEMENT);
      }
      if (Array.isArray(current)) return current.map(restore);
      return Object.fromEntries(Object.entries(current).map(([name, item]) => [name, restore(item)]));
    };
    return { value: restore(JSON.parse(manifest.toString())), bytes: size };
  } finally {
    closeSync(file);
  }
}

function kindOf(array: ArrayBufferView): ArrayKind {
  for (const [kind, Kind] of Object.entries(ARRAY_KINDS)) if (array instanceof Kind) return kind as ArrayKind;
  throw new DaybookError('internal', `a checkpoint cannot hold a ${array.constructor.name}`);
}

function isArrayReference(value: object): value is ArrayReference {
  return '$array' in value && Array.isArray(value.$array);
}

function corrupt(path: string, what: string): DaybookError {
  return new DaybookError('corrupt', `${path} ${what}`, { detail: { path } });
}
