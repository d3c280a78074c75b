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
  /** Of a document that was routed by another value than its id. */
  readonly routing?: string | undefined;
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
const ROUTED_INDEX = 5;
const ROUTED_MOVE = 6;
const FIXED_BYTES = 23;
const LENGTH_BYTES = 2;

/** How many bytes of a document's payload stand before its source. */
export function documentHeaderBytes(id: string, routing?: string): number {
  const routingBytes = routing === undefined ? 0 : LENGTH_BYTES + Buffer.byteLength(routing);
  return FIXED_BYTES + Buffer.byteLength(id) + routingBytes;
}

/** The payload's bytes before the source of a document, or all of it for a deletion. */
export function encodeDocumentHeader(
  type: DocumentRecord['type'],
  indexNumber: number,
  seqNo: number,
  version: number,
  id: string,
  routing?: string,
): Buffer {
  const header = Buffer.allocUnsafe(documentHeaderBytes(id, routing));
  header[0] = kindOf(type, routing !== undefined);
  header.writeUInt32LE(indexNumber, 1);
  header.writeDoubleLE(seqNo, 5);
  header.writeDoubleLE(version, 13);
  const idBytes = header.write(id, FIXED_BYTES, 'utf8');
  header.writeUInt16LE(idBytes, 21);
  if (routing !== undefined) {
    const end = FIXED_BYTES + idBytes;
    header.writeUInt16LE(header.write(routing, end + LENGTH_BYTES, 'utf8'), end);
  }
  return header;
}

function kindOf(type: DocumentRecord['type'], isRouted: boolean): number {
  if (type === 'delete') return DELETE;
  if (type === 'index') return isRouted ? ROUTED_INDEX : INDEX;
  return isRouted ? ROUTED_MOVE : MOVE;
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
  const isRouted = kind === ROUTED_INDEX || kind === ROUTED_MOVE;
  if (kind !== INDEX && kind !== DELETE && kind !== MOVE && !isRouted) {
    throw new DaybookError('corrupt', `the translog has a record of unknown kind ${kind}`);
  }
  if (bytes.length < FIXED_BYTES) throw new DaybookError('corrupt', 'the translog has a record without its header');
  const idEnd = FIXED_BYTES + bytes.readUInt16LE(21);
  const common = {
    indexNumber: bytes.readUInt32LE(1),
    seqNo: bytes.readDoubleLE(5),
    version: bytes.readDoubleLE(13),
    id: bytes.toString('utf8', FIXED_BYTES, idEnd),
  };
  if (kind === DELETE) return { ...common, type: 'delete' };
  const type = kind === INDEX || kind === ROUTED_INDEX ? 'index' : 'move';
  if (!isRouted) return { ...common, type, source: bytes.subarray(idEnd), sourceOffset: idEnd };
  const sourceOffset = idEnd + LENGTH_BYTES + bytes.readUInt16LE(idEnd);
  const routing = bytes.toString('utf8', idEnd + LENGTH_BYTES, sourceOffset);
  return { ...common, type, routing, source: bytes.subarray(sourceOffset), sourceOffset };
}
