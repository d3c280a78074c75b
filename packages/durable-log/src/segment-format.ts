import { DaybookError } from '@daybook/errors';
import { crc32c } from './crc32c.ts';

/** Bytes before a segment's first record. The format stands in FORMAT.md. */
export const SEGMENT_HEADER_BYTES = 16;
/** Bytes before a record's payload: length and checksum. */
export const RECORD_HEADER_BYTES = 8;
/** The longest payload of one record. */
export const MAX_RECORD_BYTES = 0x7fff_ffff;

const MAGIC = Buffer.from('DBLG', 'latin1');
const FORMAT_VERSION = 2;
/** Without sync marks. */
const OLDEST_VERSION = 1;
const FILE_NAME = /^(\d{10})\.log$/;

/** The name of a segment's file. */
export function segmentFileName(segment: number): string {
  return `${String(segment).padStart(10, '0')}.log`;
}

/** The segment whose file has this name, or undefined when it is no segment's. */
export function parseSegmentFileName(name: string): number | undefined {
  const digits = FILE_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The bytes that a segment's file starts with. */
export function encodeSegmentHeader(segment: number): Uint8Array {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(FORMAT_VERSION, 4);
  header.writeUInt32LE(segment, 8);
  header.writeUInt32LE(crc32c(header.subarray(0, 12)), 12);
  return header;
}

/** Whether the first bytes of a file are those of a segment whose header never reached the disk. */
export function isTornSegmentHeader(bytes: Uint8Array): boolean {
  return bytes.length < SEGMENT_HEADER_BYTES || bytes.every((byte) => byte === 0);
}

/** The format's version that the header of that segment says. Throws `corrupt` or `unsupported` when `bytes` is no such header. */
export function readSegmentVersion(bytes: Uint8Array, segment: number, path: string): number {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.length < SEGMENT_HEADER_BYTES || !header.subarray(0, 4).equals(MAGIC)) {
    throw new DaybookError('corrupt', `${path} does not start with the header of a log segment`, { detail: { path } });
  }
  if (header.readUInt32LE(12) !== crc32c(header.subarray(0, 12)) || header.readUInt32LE(8) !== segment) {
    throw new DaybookError('corrupt', `the header of ${path} is damaged or is that of another segment`, {
      detail: { path },
    });
  }
  const version = header.readUInt32LE(4);
  if (version < OLDEST_VERSION || version > FORMAT_VERSION) {
    throw new DaybookError(
      'unsupported',
      `${path} has log format ${version}; this program reads ${OLDEST_VERSION} to ${FORMAT_VERSION}`,
      { detail: { path, version } },
    );
  }
  return version;
}

/** Whether records may be appended to a segment of that version. */
export function isNewestVersion(version: number): boolean {
  return version === FORMAT_VERSION;
}

/** Whether the length and the checksum at the start of `record` are those of its payload. */
export function isIntactRecord(record: Uint8Array, payload: Uint8Array): boolean {
  const header = new DataView(record.buffer, record.byteOffset, RECORD_HEADER_BYTES);
  return header.getUint32(0, true) === payload.length && header.getUint32(4, true) === crc32c(payload);
}
