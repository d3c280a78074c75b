import type { ErrorCode } from '@daybook/errors';

interface WireMeaning {
  readonly status: number;
  /** The error's type where the error itself does not say one. */
  readonly type: string;
}

/** What each code means on the wire. */
export const errorTable: Readonly<Record<ErrorCode, WireMeaning>> = {
  'invalid-argument': { status: 400, type: 'illegal_argument_exception' },
  unsupported: { status: 400, type: 'illegal_argument_exception' },
  'not-found': { status: 404, type: 'resource_not_found_exception' },
  'already-exists': { status: 400, type: 'resource_already_exists_exception' },
  conflict: { status: 409, type: 'version_conflict_engine_exception' },
  forbidden: { status: 403, type: 'security_exception' },
  unauthenticated: { status: 401, type: 'security_exception' },
  'limit-exceeded': { status: 429, type: 'circuit_breaking_exception' },
  unavailable: { status: 503, type: 'cluster_block_exception' },
  timeout: { status: 504, type: 'timeout_exception' },
  cancelled: { status: 500, type: 'task_cancelled_exception' },
  corrupt: { status: 500, type: 'corrupt_index_exception' },
  internal: { status: 500, type: 'exception' },
};

/** Types whose status differs from that of their code. */
export const statusOfType: ReadonlyMap<string, number> = new Map([
  ['content_too_long_exception', 413],
  ['too_many_buckets_exception', 503],
  ['too_many_clauses', 400],
  ['too_many_scroll_contexts_exception', 500],
  ['aggregation_initialization_exception', 500],
  ['aggregation_execution_exception', 500],
  ['search_context_missing_exception', 404],
  ['media_type_header_exception', 406],
]);

/** Java's own exceptions, Lucene's and those of the parser: never a root cause where an Elasticsearch exception stands above them. */
export const foreignTypes: ReadonlySet<string> = new Set([
  'illegal_argument_exception',
  'illegal_state_exception',
  'number_format_exception',
  'x_content_parse_exception',
  'named_object_not_found_exception',
  'json_parse_exception',
  'json_e_o_f_exception',
  'not_x_content_exception',
  'date_time_parse_exception',
  'zone_rules_exception',
  'date_time_exception',
  'too_complex_to_determinize_exception',
  'index_out_of_bounds_exception',
  'string_index_out_of_bounds_exception',
  'input_coercion_exception',
  'class_cast_exception',
  'arithmetic_exception',
  'corrupt_index_exception',
]);

/** Whether a cause that is stated is none of Elasticsearch's own kind. Lucene's complaint about a query string has the type of one that is. */
export function isForeignCause({ type, reason }: { readonly type?: unknown; readonly reason?: unknown }): boolean {
  return foreignTypes.has(String(type)) || (type === 'parse_exception' && String(reason).startsWith("Cannot parse '"));
}
