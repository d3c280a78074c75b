import type { Event } from './history.ts';

/** A document as a register: a value with the sequence number of its last write, or nothing. */
export interface Register {
  readonly value: number | undefined;
  /** Undefined where the write that set it was not answered: its number is not known. */
  readonly seqNo: number | undefined;
}

export const ABSENT: Register = { value: undefined, seqNo: undefined };

/** The register after the operation, or undefined when it could not have had this outcome there. */
export function apply({ operation, outcome }: Event, before: Register): Register | undefined {
  const isThere = before.value !== undefined;
  switch (operation.type) {
    case 'get':
      if (outcome.type === 'absent') return isThere ? undefined : before;
      if (outcome.type !== 'found' || outcome.value !== before.value) return undefined;
      if (before.seqNo !== undefined && before.seqNo !== outcome.seqNo) return undefined;
      return { value: before.value, seqNo: outcome.seqNo };
    case 'delete':
      if (outcome.type === 'absent') return isThere ? undefined : before;
      return isThere ? ABSENT : undefined;
    case 'create':
      if (outcome.type === 'conflict') return isThere ? before : undefined;
      return isThere ? undefined : written(operation.value);
    case 'update':
      if (outcome.type === 'absent') return isThere ? undefined : before;
      return isThere ? written(operation.value) : undefined;
    case 'compare-and-set': {
      const mayMatch = isThere && (before.seqNo === undefined || before.seqNo === operation.ifSeqNo);
      const mustMatch = isThere && before.seqNo === operation.ifSeqNo;
      if (outcome.type === 'conflict') return mustMatch ? undefined : before;
      return mayMatch ? written(operation.value) : undefined;
    }
    case 'index':
      return written(operation.value);
  }

  function written(value: number): Register {
    return { value, seqNo: outcome.type === 'written' ? outcome.seqNo : undefined };
  }
}
