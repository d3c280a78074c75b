import type { WriteCondition } from '@daybook/search-engine';
import type { DocumentWrite } from './document-write.ts';

/** What is said of a version that is neither from outside nor a sequence number. */
export const INTERNAL_VERSIONING =
  'internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and `if_primary_term` instead';

/** What contradicts itself, or is missing, in a write; empty if it can be performed. A bulk with one such write is refused as a whole. */
export function writeProblems(write: DocumentWrite): readonly string[] {
  const problems: string[] = [];
  if (write.target === '') problems.push('index is missing');
  const problem = write.action === 'create' ? problemOfCreate(write) : undefined;
  if (problem !== undefined) return [...problems, problem];
  if ((write.action === 'update' || write.action === 'delete') && (write.id ?? '') === '') {
    problems.push('id is missing');
  }
  problems.push(...problemsOfCondition(write));
  if (write.action === 'update') problems.push(...problemsOfUpdate(write));
  return problems;
}

function problemOfCreate({
  ifSeqNo,
  ifPrimaryTerm,
  version,
  versionType = 'internal',
}: WriteCondition): string | undefined {
  if (versionType !== 'internal') return 'create operations only support internal versioning. use index instead';
  if (version !== undefined) return 'create operations do not support explicit versions. use index instead';
  if (ifSeqNo === undefined && ifPrimaryTerm === undefined) return undefined;
  return 'create operations do not support compare and set. use index instead';
}

function problemsOfCondition(condition: WriteCondition): readonly string[] {
  const { ifSeqNo, ifPrimaryTerm, version, versionType = 'internal' } = condition;
  const isExternal = versionType !== 'internal';
  const problems: string[] = [];
  if (isExternal && (version === undefined || version < 0)) {
    problems.push(`illegal version value [${version ?? -3}] for version type [${versionType.toUpperCase()}]`);
  }
  if (!isExternal && version !== undefined) problems.push(INTERNAL_VERSIONING);
  if (ifSeqNo !== undefined && (isExternal || version !== undefined)) {
    problems.push('compare and write operations can not use versioning');
  }
  if (ifSeqNo !== undefined && ifPrimaryTerm === undefined) problems.push('ifSeqNo is set, but primary term is [0]');
  if (ifSeqNo === undefined && ifPrimaryTerm !== undefined) {
    problems.push(`ifSeqNo is unassigned, but primary term is [${ifPrimaryTerm}]`);
  }
  return problems;
}

function problemsOfUpdate({ ifSeqNo, retryOnConflict = 0, update }: DocumentWrite): readonly string[] {
  const { doc, docAsUpsert = false, upsert, script } = update ?? {};
  const problems: string[] = [];
  if (ifSeqNo !== undefined) {
    if (retryOnConflict > 0) problems.push('compare and write operations can not be retried');
    if (docAsUpsert) problems.push('compare and write operations can not be used with upsert');
    if (upsert !== undefined) problems.push("upsert requests don't support `if_seq_no` and `if_primary_term`");
  }
  if (script === undefined && doc === undefined) problems.push('script or doc is missing');
  if (script !== undefined && doc !== undefined) problems.push("can't provide both script and doc");
  if (doc === undefined && docAsUpsert) problems.push('doc must be specified if doc_as_upsert is enabled');
  return problems;
}
