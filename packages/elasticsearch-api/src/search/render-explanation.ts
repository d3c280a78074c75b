import type { Explanation } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';
import { floatScore } from './float-score.ts';

/** An explanation as the wire has it; its numbers are 32-bit floats. */
export function renderExplanation({ value, description, details }: Explanation): JsonTree {
  return { value: floatScore(value), description, details: details.map(renderExplanation) };
}
