import { DaybookError } from '@daybook/errors';

/** Letters that the grams of one text may have together: their number grows with the square of a long word. */
const MAX_LETTERS = 10_000_000;

/** Counts the letters of grams as they are made; more than fit in memory beside others are `invalid-argument`. */
export function createGramLimit(): (letters: number) => void {
  let total = 0;
  return (letters) => {
    total += letters;
    if (total <= MAX_LETTERS) return;
    throw new DaybookError('invalid-argument', `the grams of a text have more than [${MAX_LETTERS}] letters`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  };
}
