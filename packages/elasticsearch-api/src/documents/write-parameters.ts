import type { WriteCondition } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import type { Parameters } from '../http/parameters.ts';
import { defined } from '../json/json.ts';

/** Query parameters that every write of one document takes. */
export const writeParameters: {
  readonly if_seq_no: 'long';
  readonly if_primary_term: 'long';
  readonly version: 'long';
  readonly version_type: 'string';
  readonly refresh: 'refresh';
  readonly routing: 'ignored';
  readonly timeout: 'time';
  readonly wait_for_active_shards: 'activeShards';
} = {
  if_seq_no: 'long',
  if_primary_term: 'long',
  version: 'long',
  version_type: 'string',
  refresh: 'refresh',
  routing: 'ignored',
  timeout: 'time',
  wait_for_active_shards: 'activeShards',
};

type ConditionParameters = Pick<
  Parameters<typeof writeParameters>,
  'if_seq_no' | 'if_primary_term' | 'version' | 'version_type'
>;

const NO_CONDITION: WriteCondition = {};

/** The condition of a write, checked for contradictions. */
export function writeCondition(parameters: ConditionParameters): WriteCondition {
  const { if_seq_no: ifSeqNo, if_primary_term: ifPrimaryTerm, version } = parameters;
  if (
    ifSeqNo === undefined &&
    ifPrimaryTerm === undefined &&
    version === undefined &&
    parameters.version_type === undefined
  )
    return NO_CONDITION;
  const versionType = parseVersionType(parameters.version_type);
  if (ifSeqNo !== undefined && ifPrimaryTerm === undefined) {
    throw validationFailed('ifSeqNo is set, but primary term is [0]');
  }
  if (ifSeqNo === undefined && ifPrimaryTerm !== undefined) {
    throw validationFailed(`ifSeqNo is unassigned, but primary term is [${ifPrimaryTerm}]`);
  }
  const external = versionType === 'external' || versionType === 'external_gte';
  if (version !== undefined && !external) {
    throw validationFailed(
      'internal versioning can not be used for optimistic concurrency control. ' +
        'Please use `if_seq_no` and `if_primary_term` instead',
    );
  }
  if (external && ifSeqNo !== undefined) {
    throw validationFailed('compare and write operations can not use versioning');
  }
  if (external && (version === undefined || version < 0)) {
    throw validationFailed(`illegal version value [${version ?? -3}] for version type [${versionType?.toUpperCase()}]`);
  }
  return defined({ ifSeqNo, ifPrimaryTerm, version, versionType: external ? versionType : undefined });
}

function parseVersionType(name: string | undefined): WriteCondition['versionType'] {
  if (name === undefined) return undefined;
  if (name === 'internal' || name === 'external' || name === 'external_gte') return name;
  if (name === 'external_gt') return 'external';
  throw illegalArgument(`No version type match [${name}]`);
}
