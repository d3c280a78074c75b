import { integer, oneOf, type SettingType, time } from '../cluster/settings/setting-type.ts';
import { illegalArgument, numberFormatError } from '../errors/errors.ts';
import { parseActiveShards, wholeNumber } from '../http/parameters.ts';
import { toBoolean } from '../query-dsl/option-readers.ts';

const durability = oneOf(
  'request async',
  (given) => `No enum constant org.elasticsearch.index.translog.Translog.Durability.${given.toUpperCase()}`,
);

const codecs: ReadonlySet<string> = new Set(['default', 'best_compression', 'lucene_default']);
const codec: SettingType = (given, name) => {
  if (codecs.has(given)) return;
  throw illegalArgument(`unknown value for [${name}] must be one of [default, best_compression] but was: ${given}`);
};

/** Two bounds, the second of which may be `all`; or `false`. */
const autoExpandReplicas: SettingType = (given, name) => {
  if (given === 'false') return;
  const dash = given.indexOf('-');
  const refused = `failed to parse [${name}] from value: [${given}] at index ${dash}`;
  if (dash < 0) throw illegalArgument(refused);
  const bound = (text: string): number => {
    const value = wholeNumber(text, 32);
    if (value === undefined) throw illegalArgument(refused, numberFormatError(text));
    return value;
  };
  const least = bound(given.slice(0, dash));
  const most = given.slice(dash + 1) === 'all' ? Number.POSITIVE_INFINITY : bound(given.slice(dash + 1));
  if (least > most) {
    throw illegalArgument(`[${name}] minReplicas must be =< maxReplicas but wasn't ${least} > ${most}`);
  }
};

/** How many there may be. */
function upTo(most: number, least: number): SettingType {
  return (given, name) => {
    integer(least)(given, name);
    if (Number(given) <= most) return;
    throw illegalArgument(`Failed to parse value [${given}] for setting [${name}] must be <= ${most}`);
  };
}

const types: ReadonlyMap<string, SettingType> = new Map<string, SettingType>([
  ['analyze.max_token_count', integer(1)],
  ['auto_expand_replicas', autoExpandReplicas],
  ['blocks.metadata', toBoolean],
  ['blocks.read', toBoolean],
  ['blocks.read_only', toBoolean],
  ['blocks.read_only_allow_delete', toBoolean],
  ['blocks.write', toBoolean],
  ['codec', codec],
  ['gc_deletes', time()],
  ['hidden', toBoolean],
  ['highlight.max_analyzed_offset', integer(1)],
  ['mapping.coerce', toBoolean],
  ['mapping.depth.limit', integer(1)],
  ['mapping.field_name_length.limit', integer(1)],
  ['mapping.ignore_malformed', toBoolean],
  ['mapping.nested_fields.limit', integer(0)],
  ['mapping.nested_objects.limit', integer(0)],
  ['mapping.total_fields.limit', integer(0)],
  ['max_adjacency_matrix_filters', integer(2)],
  ['max_docvalue_fields_search', integer(0)],
  ['max_inner_result_window', integer(1)],
  ['max_ngram_diff', integer(0)],
  ['max_refresh_listeners', integer(0)],
  ['max_regex_length', integer(1)],
  ['max_rescore_window', integer(1)],
  ['max_result_window', integer(1)],
  ['max_script_fields', integer(0)],
  ['max_shingle_diff', integer(0)],
  ['max_slices_per_scroll', integer(1)],
  ['max_terms_count', integer(1)],
  ['merge.policy.max_merge_at_once', integer(2)],
  ['number_of_replicas', integer(0)],
  ['number_of_routing_shards', integer(1)],
  ['number_of_shards', upTo(1024, 1)],
  ['priority', integer(0)],
  ['query.parse.allow_unmapped_fields', toBoolean],
  ['refresh_interval', time()],
  ['requests.cache.enable', toBoolean],
  ['routing_partition_size', integer(1)],
  ['search.idle.after', time()],
  ['translog.durability', durability],
  ['translog.sync_interval', time('100ms')],
  ['unassigned.node_left.delayed_timeout', time()],
  ['write.wait_for_active_shards', parseActiveShards],
]);

const SLOWLOG_THRESHOLD = /^(?:search\.slowlog\.threshold\.(?:query|fetch)|indexing\.slowlog\.threshold\.index)\.\w+$/;

/** Refuses a value that the setting of an index of that name, without `index.`, cannot have. */
export function checkSettingValue(name: string, value: unknown): void {
  const type = types.get(name) ?? (SLOWLOG_THRESHOLD.test(name) ? time() : undefined);
  type?.(Array.isArray(value) ? `[${value.join(', ')}]` : String(value), `index.${name}`);
}
