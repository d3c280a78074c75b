import { DaybookError } from '@daybook/errors';
import { type ComponentSettings, settingError } from './component-settings.ts';

/** Letters that the grams, or the paths, of one text may have together: their number grows with the square of a long word. */
const MAX_LETTERS = 10_000_000;

/** Counts the letters of tokens as they are made; more than fit in memory beside others are `invalid-argument`. */
export function createLetterLimit(): (letters: number) => void {
  let total = 0;
  return (letters) => {
    total += letters;
    if (total <= MAX_LETTERS) return;
    throw new DaybookError('invalid-argument', `the tokens of a text have more than [${MAX_LETTERS}] letters`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  };
}

/** Refuses grams whose lengths differ by more than the index's `max_ngram_diff`. */
export function checkGramDiff(kind: string, { wasAccepted }: ComponentSettings, diff: number, maxDiff: number): void {
  if (diff <= maxDiff || wasAccepted) return;
  throw settingError(
    `The difference between max_gram and min_gram in ${kind} must be less than or equal to: [${maxDiff}] but was [${diff}]. ` +
      'This limit can be set by changing the [index.max_ngram_diff] index level setting.',
  );
}
