import { open } from 'node:fs/promises';
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

/** In the manifest, where an array stood: its kind, where its bytes are, and their CRC-32C. */
interface ArrayReference {
  readonly $array: readonly [kind: ArrayKind, offset: number, bytes: number, checksum: number];
}

const MAGIC = 'DBCP';
const FORMAT_VERSION = 1;
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
        const reference: ArrayReference = { $array: [kindOf(current), offset, bytes.length, crc32c(bytes)] };
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
    trailer.writeUInt32LE(crc32c(manifest), 12);
    trailer.write(MAGIC, TRAILER_BYTES - MAGIC.length, 'latin1');
    await append(manifest);
    await append(trailer);
    await file.sync();
    return offset;
  } finally {
    await file.close();
  }
}

/** Reads back what {@link writeCheckpointFile} was given, each array in memory of its own. A damaged file is `corrupt`. */
export async function readCheckpointFile(path: string): Promise<{ value: unknown; bytes: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const read = async (offset: number, length: number): Promise<Buffer> => {
      if (offset < 0 || offset + length > size) throw corrupt(path, 'is shorter than it says');
      const bytes = Buffer.from(new ArrayBuffer(length));
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw corrupt(path, 'ends early');
        done += bytesRead;
      }
      return bytes;
    };
    const header = await read(0, HEADER_BYTES);
    const trailer = await read(size - TRAILER_BYTES, TRAILER_BYTES);
    if (header.toString('latin1', 0, 4) !== MAGIC || trailer.toString('latin1', TRAILER_BYTES - 4) !== MAGIC) {
      throw corrupt(path, 'is no checkpoint');
    }
    const version = header.readUInt32LE(4);
    if (version !== FORMAT_VERSION) {
      throw new DaybookError(
        'unsupported',
        `${path} has checkpoint format ${version}; this program reads ${FORMAT_VERSION}`,
      );
    }
    const manifest = await read(trailer.readDoubleLE(0), trailer.readUInt32LE(8));
    if (crc32c(manifest) !== trailer.readUInt32LE(12)) throw corrupt(path, 'has a damaged manifest');
    const restore = async (current: unknown): Promise<unknown> => {
      if (typeof current !== 'object' || current === null) return current;
      if (isArrayReference(current)) {
        const [kind, offset, length, checksum] = current.$array;
        const bytes = await read(offset, length);
        if (crc32c(bytes) !== checksum) throw corrupt(path, `has damaged data at byte ${offset}`);
        const Kind = ARRAY_KINDS[kind];
        return new Kind(bytes.buffer as ArrayBuffer, 0, length / Kind.BYTES_PER_ELEMENT);
      }
      if (Array.isArray(current)) {
        const restored: unknown[] = [];
        for (const item of current) restored.push(await restore(item));
        return restored;
      }
      const restored: [string, unknown][] = [];
      for (const [name, item] of Object.entries(current)) restored.push([name, await restore(item)]);
      return Object.fromEntries(restored);
    };
    return { value: await restore(JSON.parse(manifest.toString())), bytes: size };
  } finally {
    await file.close();
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
