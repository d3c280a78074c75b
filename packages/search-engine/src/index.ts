export type * from './aggregation/aggregation.ts';
export type * from './aggregation/pipeline/pipeline-aggregation.ts';
export type { Analysis } from './analysis/analysis.ts';
export type { Analyzer, Token } from './analysis/analyzer.ts';
export { parseAnalysis } from './analysis/parse-analysis.ts';
export type * from './engine/engine.ts';
export { type EngineTuning, openEngine } from './engine/open-engine.ts';
export type * from './query/query.ts';
export type * from './search/search.ts';
