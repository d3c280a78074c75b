import { parseAnalysis } from '../analysis/parse-analysis.ts';
import type { JsonObject } from '../mapping/json.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { parseMapping } from '../mapping/parse-mapping.ts';
import { parseSimilarities } from '../mapping/parse-similarities.ts';
import { readNumberSetting } from './settings.ts';

/** The mapping of an index with the analyzers, similarities and limits that its settings define; `maxFields` counts where they set no limit of fields, and `isNew` says that the index is about to be made. */
export function buildMapping(mappings: JsonObject, settings: JsonObject, maxFields?: number, isNew = false): Mapping {
  const totalFieldsLimit = readNumberSetting(settings, 'mapping.total_fields.limit') ?? maxFields;
  const depthLimit = readNumberSetting(settings, 'mapping.depth.limit');
  return parseMapping(mappings, {
    analysis: parseAnalysis(settings, !isNew),
    similarities: parseSimilarities(settings, !isNew),
    isNew,
    isStored: !isNew,
    ...(totalFieldsLimit !== undefined && { totalFieldsLimit }),
    ...(depthLimit !== undefined && { depthLimit }),
  });
}
