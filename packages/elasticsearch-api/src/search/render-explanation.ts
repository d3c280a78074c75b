import type { Explanation } from '@daybook/search-engine';
import { floatJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';

/** An explanation as the wire has it; its numbers are 32-bit floats or counts. */
export function renderExplanation({ value, isCount = false, description, details }: Explanation): JsonTree {
  return { value: isCount ? value : floatJson(value), description, details: details.map(renderExplanation) };
}
