import type { WriteCondition } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import type { Parameters } from '../http/parameters.ts';
import { defined } from '../json/json.ts';

/** Query parameters that every write of one document takes. */
export const writeParameters: {
  readonly if_seq_no: 'long';
  readonly if_primary_term: 'long';
  readonly version: 'long';
  readonly version_type: 'string';
  readonly refresh: 'refresh';
  readonly routing: 'string';
  readonly timeout: 'time';
  readonly wait_for_active_shards: 'activeShards';
} = {
  if_seq_no: 'long',
  if_primary_term: 'long',
  version: 'long',
  version_type: 'string',
  refresh: 'refresh',
  routing: 'string',
  timeout: 'time',
  wait_for_active_shards: 'activeShards',
};

/** The routing value of a write; an empty one is none. */
export function writeRouting(routing: string | undefined): string | undefined {
  return routing === '' ? undefined : routing;
}

type ConditionParameters = Pick<
  Parameters<typeof writeParameters>,
  'if_seq_no' | 'if_primary_term' | 'version' | 'version_type'
>;

/** Numbers that say of a version, a sequence number and a primary term that none was given. */
const ANY_VERSION = -3;
const UNASSIGNED_SEQ_NO = -2;
const UNASSIGNED_PRIMARY_TERM = 0;

const NO_CONDITION: WriteCondition = {};

/** The condition of a write, as it was asked for: {@link writeProblems} tells of contradictions in it. */
export function writeCondition(parameters: ConditionParameters): WriteCondition {
  const { if_seq_no: seqNo, if_primary_term: primaryTerm, version, version_type: versionType } = parameters;
  if (seqNo === undefined && primaryTerm === undefined && version === undefined && versionType === undefined) {
    return NO_CONDITION;
  }
  return defined({
    ifSeqNo: seqNo === undefined ? undefined : assignedSeqNo(seqNo),
    ifPrimaryTerm: primaryTerm === undefined ? undefined : assignedPrimaryTerm(primaryTerm),
    version: version === ANY_VERSION ? undefined : version,
    versionType: versionType === undefined ? undefined : parseVersionType(versionType),
  });
}

/** Undefined for the number of none; another that is negative is `invalid-argument`. */
export function assignedSeqNo(seqNo: number): number | undefined {
  if (seqNo === UNASSIGNED_SEQ_NO) return undefined;
  if (seqNo < 0) throw illegalArgument(`sequence numbers must be non negative. got [${seqNo}].`);
  return seqNo;
}

/** Undefined for the number of none; another that is negative is `invalid-argument`. */
export function assignedPrimaryTerm(primaryTerm: number): number | undefined {
  if (primaryTerm === UNASSIGNED_PRIMARY_TERM) return undefined;
  if (primaryTerm < 0) throw illegalArgument(`primary term must be non negative. got [${primaryTerm}]`);
  return primaryTerm;
}

/** A type of versions by its name; `invalid-argument` where there is none. */
export function parseVersionType(name: string): WriteCondition['versionType'] {
  if (name === 'internal' || name === 'external' || name === 'external_gte') return name;
  if (name === 'external_gt') return 'external';
  throw illegalArgument(`No version type match [${name}]`);
}

/** `index` unless it is `create`; another is `invalid-argument`. */
export function parseOpType(name: string | undefined): 'index' | 'create' {
  const lower = name?.toLowerCase();
  if (lower === undefined || lower === 'index') return 'index';
  if (lower === 'create') return 'create';
  throw illegalArgument(`opType must be 'create' or 'index', found: [${name}]`);
}
