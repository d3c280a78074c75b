import { parseAnalysis } from '../analysis/parse-analysis.ts';
import { routing } from './field-types/keyword.ts';
import type { LeafField } from './leaf-field.ts';
import { parseSimilarities } from './parse-similarities.ts';

/** The meta field of the value by which a document is routed to a shard. Few documents have one; only these have it in a column. */
export const ROUTING: LeafField = routing.build({
  path: '_routing',
  json: { type: '_routing', doc_values: false },
  analysis: parseAnalysis({}),
  similarities: parseSimilarities({}),
});
