export type * from './aggregation/aggregation.ts';
export type { BucketOrder } from './aggregation/bucket-order.ts';
export { type PathElement, parseAggregationPath } from './aggregation/pipeline/aggregation-path.ts';
export type * from './aggregation/pipeline/pipeline-aggregation.ts';
export type { UnmappedType } from './aggregation/unmapped-type.ts';
export type { Analysis } from './analysis/analysis.ts';
export type { Analyzer, Token } from './analysis/analyzer.ts';
export { parseAnalysis } from './analysis/parse-analysis.ts';
export {
  type Block,
  type BlockedIndex,
  type BlockedOperation,
  blockedError,
  isBlocked,
  refuseBlocked,
} from './blocks/block.ts';
export { parseDateFormat } from './dates/date-format.ts';
export { parseDateMath } from './dates/date-math.ts';
export { parseTimeZone } from './dates/time-zone.ts';
export type * from './engine/engine.ts';
export { type EngineTuning, openEngine } from './engine/open-engine.ts';
export type * from './explain/explanation.ts';
export type * from './fetch/fetch.ts';
export type * from './highlight/highlight.ts';
export { buildMapping } from './index/build-mapping.ts';
export { explainMalformedJson } from './index/explain-malformed-json.ts';
export { type IndexCounters, SearchCounters } from './index/index-counters.ts';
export { LARGE_SOURCE_BYTES, type PreparedDocument, type WrittenSource } from './index/prepared-document.ts';
export { type ShardLayout, shardLayout, shardOf, shardsOfRouting } from './index/shard-layout.ts';
export type * from './index/stored-document.ts';
export type { WriteCondition } from './index/write-condition.ts';
export { endOfString } from './mapping/end-of-string.ts';
export { FRACTIONAL_TYPES } from './mapping/fractional-types.ts';
export type { JsonObject } from './mapping/json.ts';
export { parseSimilarities } from './mapping/parse-similarities.ts';
export { Double } from './numbers/double.ts';
export { javaDouble } from './numbers/java-double.ts';
export { shortestFloat } from './numbers/shortest-float.ts';
export type * from './query/functions/score-function.ts';
export type * from './query/query.ts';
export { regexpOperators } from './query/query.ts';
export type { SimpleOperator } from './query-string/simple-syntax.ts';
export { simpleOperators } from './query-string/simple-syntax.ts';
export type { Hit } from './search/hit.ts';
export type * from './search/search.ts';
export type { SearchLimits } from './search/search-limits.ts';
export { isByScore } from './sort/by-score.ts';
export type { SortKey, SortValue } from './sort/sort-key.ts';
export { Later } from './steps/later.ts';
export { finish, type Steps } from './steps/steps.ts';
export { TimeSlice } from './steps/time-slice.ts';
export { visitInSteps } from './steps/visit-in-steps.ts';
export type * from './term-vectors/term-vectors.ts';
export type { TranslogCount } from './translog/translog-count.ts';
