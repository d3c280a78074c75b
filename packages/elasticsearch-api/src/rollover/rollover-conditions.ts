import type { Index } from '@daybook/search-engine';
import { parseBytes } from '../http/byte-size.ts';
import { parseTimeMs, timeText } from '../http/time-value.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { unsupportedToken } from '../query-dsl/option-readers.ts';
import { readContent, readMember } from '../search/read-content.ts';
import { sizeText } from '../tables/size-text.ts';

/** One condition of a rollover, as answers name it, and whether an index meets it. */
interface Condition {
  readonly name: string;
  readonly isMet: (index: Index) => boolean;
}

/** Reads `conditions`; where there are some, one that is met is enough. */
export function parseRolloverConditions(given: unknown): readonly Condition[] {
  if (given === undefined) return [];
  if (!isJsonObject(given)) throw unsupportedToken(given, 'conditions', 'rollover');
  return readMember('rollover', 'conditions', () => readConditions(given));
}

/** Whether each condition is met, by its name. */
export function checkConditions(conditions: readonly Condition[], index: Index): Readonly<Record<string, boolean>> {
  return Object.fromEntries(conditions.map(({ name, isMet }) => [`[${name}]`, isMet(index)]));
}

function readConditions(given: JsonObject): readonly Condition[] {
  const options = readContent('conditions', given, { max_age: 'text', max_docs: 'long', max_size: 'text' });
  const { max_age: age, max_docs: docs, max_size: size } = options;
  const conditions: Condition[] = [];
  if (age !== undefined) {
    const ageMs = readMember('conditions', 'max_age', () => parseTimeMs(age, 'max_age'));
    const isMet = (index: Index): boolean => Date.now() - index.creationTimeMs >= ageMs;
    conditions.push({ name: `max_age: ${timeText(ageMs)}`, isMet });
  }
  if (docs !== undefined) {
    conditions.push({ name: `max_docs: ${docs}`, isMet: (index) => index.stats().docCount >= docs });
  }
  if (size !== undefined) {
    const bytes = readMember('conditions', 'max_size', () => parseBytes(size, 'max_size'));
    conditions.push({ name: `max_size: ${sizeText(bytes)}`, isMet: (index) => index.stats().storeBytes >= bytes });
  }
  return conditions;
}
