import { type Index, refuseBlocked, type StoredDocument } from '@daybook/search-engine';
import { documentMissing } from '../errors/errors.ts';
import type { AppliedWrite } from './applied-write.ts';
import type { DocumentWrite } from './document-write.ts';
import type { UpdateOutcome } from './prepared-update.ts';
import { updateOutcome } from './update-outcome.ts';

/** Merges a partial document into the stored one, or writes what stands in for a missing one. */
export function applyUpdate(index: Index, write: DocumentWrite): AppliedWrite {
  const { id = '', routing } = write;
  let outcome: UpdateOutcome | undefined;
  const { ifSeqNo, ifPrimaryTerm } = write;
  // compat: a missing document goes before what is asked of its version, and a block before both.
  if (ifSeqNo !== undefined && index.get(id, routing) === undefined) {
    refuseBlocked('write', [{ index: index.name, blocks: index.blocks() }]);
    throw documentMissing(id, index, routing);
  }
  const result = index.write({
    type: 'update',
    id,
    routing,
    ...(ifSeqNo === undefined ? {} : { ifSeqNo }),
    ...(ifPrimaryTerm === undefined ? {} : { ifPrimaryTerm }),
    apply: (current) => {
      outcome = preparedOutcome(index, current, write) ?? updateOutcome(index, current, write);
      return outcome.operation;
    },
  });
  if (outcome?.isMissing === true) throw documentMissing(id, index, routing);
  const filter = write.update?.source;
  const source = outcome?.source;
  return filter === undefined || source === undefined ? { result } : { result, get: { source, filter } };
}

/** What was prepared, if the document is still the one that it was made of. */
function preparedOutcome(
  index: Index,
  current: StoredDocument | undefined,
  { preparedUpdate }: DocumentWrite,
): UpdateOutcome | undefined {
  if (preparedUpdate === undefined) return undefined;
  const { uuid, seqNo, outcome } = preparedUpdate;
  return uuid === index.uuid && seqNo === current?.seqNo ? outcome : undefined;
}
