import { DaybookError } from '@daybook/errors';
import type { WriteCondition } from '../engine/engine.ts';

/** There is one primary, which never changes. */
export const PRIMARY_TERM = 1;

/** The part of a live document that conditions are about. */
export interface CurrentVersion {
  readonly version: number;
  readonly seqNo: number;
}

/** Throws `conflict` unless the condition of a write holds for the document as it is, or for there being none. */
export function checkCondition(condition: WriteCondition, id: string, current: CurrentVersion | undefined): void {
  const { ifSeqNo, ifPrimaryTerm, version, versionType = 'internal' } = condition;
  if (ifSeqNo !== undefined || ifPrimaryTerm !== undefined) checkSeqNo(condition, id, current);
  if (version === undefined || current === undefined) return;
  if (versionType === 'external' && current.version >= version) {
    throw conflict(
      id,
      current,
      `current version [${current.version}] is higher or equal to the one provided [${version}]`,
    );
  }
  if (versionType === 'external_gte' && current.version > version) {
    throw conflict(id, current, `current version [${current.version}] is higher than the one provided [${version}]`);
  }
  if (versionType === 'internal' && current.version !== version) {
    throw conflict(id, current, `current version [${current.version}] is different than the one provided [${version}]`);
  }
}

/** Throws `conflict` if there is a document. */
export function checkAbsent(id: string, current: CurrentVersion | undefined): void {
  if (current === undefined) return;
  throw conflict(id, current, `document already exists (current version [${current.version}])`);
}

/** The version that a write gives its document; `previous` is the version before it, of a document deleted lately too. */
export function nextVersion({ version, versionType }: WriteCondition, previous: number | undefined): number {
  if (version !== undefined && (versionType === 'external' || versionType === 'external_gte')) return version;
  return (previous ?? 0) + 1;
}

function checkSeqNo({ ifSeqNo, ifPrimaryTerm }: WriteCondition, id: string, current: CurrentVersion | undefined): void {
  const isSame =
    current !== undefined &&
    (ifSeqNo === undefined || ifSeqNo === current.seqNo) &&
    (ifPrimaryTerm === undefined || ifPrimaryTerm === PRIMARY_TERM);
  if (isSame) return;
  const found =
    current === undefined
      ? 'but no document was found'
      : `current document has seqNo [${current.seqNo}] and primary term [${PRIMARY_TERM}]`;
  throw conflict(id, current, `required seqNo [${ifSeqNo}], primary term [${ifPrimaryTerm}]. ${found}`);
}

function conflict(id: string, current: CurrentVersion | undefined, why: string): DaybookError {
  const detail =
    current === undefined
      ? {}
      : { currentSeqNo: current.seqNo, currentPrimaryTerm: PRIMARY_TERM, currentVersion: current.version };
  return new DaybookError('conflict', `[${id}]: version conflict, ${why}`, {
    detail: { reason: 'version_conflict_engine_exception', id, ...detail },
  });
}
