import type { Tokenizer } from './built-in-analyzers.ts';
import {
  cuttingAtSpaces,
  letterTokenizer,
  MAX_TOKEN_LENGTH,
  standardTokenizer,
  whitespaceTokenizer,
} from './built-in-analyzers.ts';
import type { ComponentSettings } from './component-settings.ts';
import { settingError } from './component-settings.ts';
import { toLowerCase } from './filters/lower-case.ts';
import { checkGramDiff } from './gram-limit.ts';
import { pathTokens, reversePathTokens } from './tokenizers/path-tokenizer.ts';
import { gramTokens, matchTokens, splitTokens, wholeToken } from './tokenizers/run-tokenizer.ts';
import { tokenCharRuns } from './tokenizers/token-chars.ts';
import { withinTime } from './within-time.ts';

/** The tokenizer of a type; undefined when there is no such type. `maxGramDiff` is the index's `max_ngram_diff`. */
export function makeTokenizer(type: string, settings: ComponentSettings, maxGramDiff: number): Tokenizer | undefined {
  const maxLength = Math.max(1, settings.integer('max_token_length', MAX_TOKEN_LENGTH));
  switch (type) {
    case 'standard':
      return standardTokenizer(maxLength);
    case 'letter':
      return letterTokenizer;
    case 'lowercase':
      return cuttingAtSpaces((text) =>
        letterTokenizer(text).map((token) => ({ ...token, term: toLowerCase(token.term) })),
      );
    case 'whitespace':
      return whitespaceTokenizer(maxLength);
    case 'keyword':
      return wholeToken;
    case 'pattern':
      return patternTokenizer(settings);
    case 'ngram':
    case 'edge_ngram':
      return gramTokenizer(type === 'edge_ngram', settings, maxGramDiff);
    case 'path_hierarchy':
      return pathTokenizer(settings);
    default:
      return undefined;
  }
}

function patternTokenizer(settings: ComponentSettings): Tokenizer {
  const pattern = settings.pattern('pattern', '\\W+');
  const group = Number(settings.string('group') ?? '-1');
  if (group === -1) return (text) => withinTime(pattern, () => splitTokens(text, pattern));
  if (group !== 0) throw settingError(`[group] in [${settings.name}] must be -1 or 0, got [${group}]`);
  const match = (text: string) => matchTokens(text, pattern, Number.MAX_SAFE_INTEGER);
  return (text) => withinTime(pattern, () => match(text)).filter((token) => token.term !== '');
}

function pathTokenizer(settings: ComponentSettings): Tokenizer {
  const delimiter = settings.character('delimiter', '/');
  const options = {
    delimiter,
    replacement: settings.character('replacement', delimiter),
    skip: settings.integer('skip', 0),
  };
  const cut = settings.boolean('reverse', false) ? reversePathTokens : pathTokens;
  return (text) => cut(text, options);
}

function gramTokenizer(edge: boolean, settings: ComponentSettings, maxGramDiff: number): Tokenizer {
  const minGram = settings.integer('min_gram', 1);
  const maxGram = settings.integer('max_gram', 2);
  if (minGram < 1 || maxGram < minGram) {
    throw settingError(
      `[min_gram] and [max_gram] in [${settings.name}] must be at least 1 and in order, got [${minGram}] and [${maxGram}]`,
    );
  }
  if (!edge) checkGramDiff('NGram Tokenizer', settings, maxGram - minGram, maxGramDiff);
  const runs = tokenCharRuns(settings);
  return (text) => gramTokens(text, { minGram, maxGram, edge, runs });
}
