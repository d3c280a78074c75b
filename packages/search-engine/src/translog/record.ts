import { DaybookError } from '@daybook/errors';
import type { CatalogChange } from '../engine/catalog.ts';

/** One entry of the translog; the layout stands in FORMAT.md. */
export type TranslogRecord = DocumentRecord | { readonly type: 'catalog'; readonly change: CatalogChange };

/** A record of one document. Sequence numbers and versions are whole numbers up to 2^53. */
export type DocumentRecord = {
  readonly indexNumber: number;
  readonly seqNo: number;
  readonly version: number;
  readonly id: string;
} & (
  | {
      /** `move` repeats a live document so that its old segment can go; it changes nothing else. */
      readonly type: 'index' | 'move';
      readonly source: Uint8Array;
      /** Bytes of the payload before the source. */
      readonly sourceOffset: number;
    }
  | { readonly type: 'delete' }
);

const INDEX = 1;
const DELETE = 2;
const MOVE = 3;
const CATALOG = 4;
const FIXED_BYTES = 23;

/** How many bytes of a document's payload stand before its source. */
export function documentHeaderBytes(id: string): number {
  return FIXED_BYTES + Buffer.byteLength(id);
}

/** The payload's bytes before the source of a document, or all of it for a deletion. */
export function encodeDocumentHeader(
  type: DocumentRecord['type'],
  indexNumber: number,
  seqNo: number,
  version: number,
  id: string,
): Buffer {
  const headerBytes = documentHeaderBytes(id);
  const idBytes = headerBytes - FIXED_BYTES;
  const header = Buffer.allocUnsafe(headerBytes);
  header[0] = type === 'index' ? INDEX : type === 'delete' ? DELETE : MOVE;
  header.writeUInt32LE(indexNumber, 1);
  header.writeDoubleLE(seqNo, 5);
  header.writeDoubleLE(version, 13);
  header.writeUInt16LE(idBytes, 21);
  header.write(id, FIXED_BYTES, 'utf8');
  return header;
}

/** The whole payload of a change of the catalog. */
export function encodeCatalogChange(change: CatalogChange): Buffer {
  return Buffer.concat([Buffer.of(CATALOG), Buffer.from(JSON.stringify(change))]);
}

/** Throws `corrupt` on a payload that no version of this program has written. */
export function decodeRecord(payload: Uint8Array): TranslogRecord {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const kind = bytes[0];
  if (kind === CATALOG) return { type: 'catalog', change: JSON.parse(bytes.toString('utf8', 1)) };
  if (kind !== INDEX && kind !== DELETE && kind !== MOVE) {
    throw new DaybookError('corrupt', `the translog has a record of unknown kind ${kind}`);
  }
  if (bytes.length < FIXED_BYTES) throw new DaybookError('corrupt', 'the translog has a record without its header');
  const sourceOffset = FIXED_BYTES + bytes.readUInt16LE(21);
  const common = {
    indexNumber: bytes.readUInt32LE(1),
    seqNo: bytes.readDoubleLE(5),
    version: bytes.readDoubleLE(13),
    id: bytes.toString('utf8', FIXED_BYTES, sourceOffset),
  };
  if (kind === DELETE) return { ...common, type: 'delete' };
  return { ...common, type: kind === INDEX ? 'index' : 'move', source: bytes.subarray(sourceOffset), sourceOffset };
}
