import { DaybookError } from '@daybook/errors';
import type { RegexpOperator } from '../query.ts';
import { RegexpParser } from './regexp-parser.ts';

const MAX_PATTERN_LENGTH = 1000;

/**
 * A test for texts that a regular expression in Lucene's syntax matches as a whole; `~`, `&`, `@`, `#`, `<1-9>` and `"…"` have their meaning
 * unless `operators` leaves them out.
 * The time of a test grows with the text only.
 */
export function compileRegexp(
  pattern: string,
  isCaseInsensitive: boolean,
  operators?: readonly RegexpOperator[],
): (text: string) => boolean {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new DaybookError(
      'invalid-argument',
      `The length of regex [${pattern.length}] used in the Regexp Query request has exceeded the allowed maximum of [${MAX_PATTERN_LENGTH}].`,
      { detail: { reason: 'illegal_argument_exception' } },
    );
  }
  const parser = new RegexpParser(pattern, isCaseInsensitive, operators);
  const language = parser.parse();
  return (text) => parser.languages.contains(language, text);
}
