import { DaybookError } from '@daybook/errors';

/** A compare-and-set condition of a write. */
export interface WriteCondition {
  readonly ifSeqNo?: number;
  readonly ifPrimaryTerm?: number;
  /** External versioning: the write happens only when this is greater (`external`) or not smaller (`external_gte`). */
  readonly version?: number;
  readonly versionType?: 'internal' | 'external' | 'external_gte';
}

/** There is one primary, which never changes. */
export const PRIMARY_TERM = 1;

/** The part of a live document that conditions are about. */
export interface CurrentVersion {
  readonly version: number;
  readonly seqNo: number;
}

/**
 * Throws `conflict` unless the condition of a write holds for the document as it is, or for there being none. A version from outside is also
 * held against that of a document deleted lately, so that an old write that comes late does not bring it back.
 */
export function checkCondition(
  condition: WriteCondition,
  id: string,
  current: CurrentVersion | undefined,
  deletedVersion?: number,
): void {
  const { ifSeqNo, ifPrimaryTerm, version, versionType = 'internal' } = condition;
  if (ifSeqNo !== undefined || ifPrimaryTerm !== undefined) checkSeqNo(condition, id, current);
  const known = current?.version ?? (versionType === 'internal' ? undefined : deletedVersion);
  if (version === undefined || known === undefined) return;
  const refuse = (how: string) =>
    conflict(id, current, `current version [${known}] is ${how} the one provided [${version}]`);
  if (versionType === 'external' && known >= version) throw refuse('higher or equal to');
  if (versionType === 'external_gte' && known > version) throw refuse('higher than');
  if (versionType === 'internal' && known !== version) throw refuse('different than');
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
