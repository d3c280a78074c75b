import { busError } from '../bus-error.ts';

/** Tags of a queue or a topic. */
export type Tags = Readonly<Record<string, string>>;

const MAX_TAGS = 50;
const MAX_KEY_CHARS = 128;
const MAX_VALUE_CHARS = 256;

/** Throws unless these are at most 50 tags of AWS's lengths. */
export function checkTags(tags: Tags): void {
  const entries = Object.entries(tags);
  if (entries.length > MAX_TAGS)
    throw busError('value', `There are ${entries.length} tags; at most ${MAX_TAGS} are allowed.`);
  for (const [key, value] of entries) {
    if (key.length >= 1 && key.length <= MAX_KEY_CHARS && value.length <= MAX_VALUE_CHARS) continue;
    throw busError(
      'value',
      `The tag ${JSON.stringify(key.slice(0, 200))} is invalid. A key has 1 to ${MAX_KEY_CHARS} characters, a value up to ${MAX_VALUE_CHARS}.`,
    );
  }
}
