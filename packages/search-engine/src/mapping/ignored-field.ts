import { parseAnalysis } from '../analysis/parse-analysis.ts';
import { keyword } from './field-types/keyword.ts';
import type { LeafField } from './leaf-field.ts';
import { parseSimilarities } from './parse-similarities.ts';

/** The meta field of the paths whose values were left out of the index: too long, or malformed where the mapping lets that pass. */
export const IGNORED: LeafField = keyword.build({
  path: '_ignored',
  json: { type: 'keyword', doc_values: false },
  analysis: parseAnalysis({}),
  similarities: parseSimilarities({}),
});
