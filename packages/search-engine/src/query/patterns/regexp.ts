import { DaybookError } from '@daybook/errors';
import type { Steps } from '../../steps/steps.ts';
import type { RegexpOperator } from '../query.ts';
import { checkRegexpStates } from './automaton/check-regexp-states.ts';
import { Languages } from './regexp-language.ts';
import { RegexpParser } from './regexp-parser.ts';
import { languageOf, type RegexpTree } from './regexp-tree.ts';

const MAX_PATTERN_LENGTH = 1000;
const DEFAULT_MAX_STATES = 10_000;
/** However many are asked for: each may take a kilobyte, most of it for the states of its bytes. */
const MAX_STATES = 100_000;

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
  const languages = new Languages();
  const language = languageOf(parseRegexp(pattern, isCaseInsensitive, operators), languages);
  return (text) => languages.contains(language, text);
}

/** What a regular expression may be. */
export interface RegexpOptions {
  readonly caseInsensitive?: boolean;
  readonly operators?: readonly RegexpOperator[];
  /** Of automata that Lucene makes of it; default 10,000. */
  readonly maxDeterminizedStates?: number;
}

/** Refuses a regular expression that is malformed, or needs more states than it may have. */
export function* checkRegexp(pattern: string, options: RegexpOptions): Steps<void> {
  const { caseInsensitive = false, operators, maxDeterminizedStates = DEFAULT_MAX_STATES } = options;
  const key = JSON.stringify([pattern, caseInsensitive, operators, maxDeterminizedStates]);
  if (passed.has(key)) return;
  const tree = parseRegexp(pattern, caseInsensitive, operators);
  yield* checkRegexpStates(pattern, tree, Math.min(maxDeterminizedStates, MAX_STATES));
  if (passed.size >= MAX_PASSED) passed.clear();
  passed.add(key);
}

const MAX_PASSED = 100;
/** What was not refused of late: a search asks the same of each of its indices. */
const passed = new Set<string>();

function parseRegexp(
  pattern: string,
  isCaseInsensitive: boolean,
  operators: readonly RegexpOperator[] | undefined,
): RegexpTree {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new DaybookError(
      'invalid-argument',
      `The length of regex [${pattern.length}] used in the Regexp Query request has exceeded the allowed maximum of [${MAX_PATTERN_LENGTH}].`,
      { detail: { reason: 'illegal_argument_exception' } },
    );
  }
  return new RegexpParser(pattern, isCaseInsensitive, operators).parse();
}
