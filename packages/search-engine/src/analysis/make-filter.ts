import { stopFilter } from './built-in-analyzers.ts';
import type { ComponentSettings } from './component-settings.ts';
import { settingError } from './component-settings.ts';
import { toLowerCase } from './filters/lower-case.ts';
import { ENGLISH_STOP_WORDS } from './filters/stop-words.ts';
import { checkGramDiff } from './gram-limit.ts';
import type { TokenFilter } from './token-filter.ts';
import {
  asciiFoldingFilter,
  asciiFoldingKeepingOriginal,
  fingerprintFilter,
  gramFilter,
  keepFilter,
  lowerCaseFilter,
  porterStemFilter,
  possessiveEnglishFilter,
  reverseFilter,
  termFilter,
  trimFilter,
  uniqueFilter,
  upperCaseFilter,
} from './token-filter.ts';
import { withinTime } from './within-time.ts';

/** The token filter of a type; undefined when there is no such type. `maxGramDiff` is the index's `max_ngram_diff`. */
export function makeFilter(type: string, settings: ComponentSettings, maxGramDiff: number): TokenFilter | undefined {
  switch (type) {
    case 'lowercase':
      return lowerCaseFilter;
    case 'uppercase':
      return upperCaseFilter;
    case 'asciifolding':
      return settings.boolean('preserve_original', false) ? asciiFoldingKeepingOriginal : asciiFoldingFilter;
    case 'trim':
      return trimFilter;
    case 'reverse':
      return reverseFilter;
    case 'porter_stem':
      return porterStemFilter;
    case 'stemmer':
      return stemmer(settings);
    case 'stop':
      return stopFilter(stopWords(settings));
    case 'length':
      return lengthFilter(settings);
    case 'truncate':
      return termFilter((term) => [...term].slice(0, settings.integer('length', 10)).join(''));
    case 'unique':
      return uniqueFilter(settings.boolean('only_on_same_position', false));
    case 'fingerprint':
      return fingerprint(settings);
    case 'edge_ngram':
    case 'ngram':
      return grams(type === 'edge_ngram', settings, maxGramDiff);
    case 'pattern_replace': {
      const pattern = settings.pattern('pattern', '');
      const replacement = settings.string('replacement') ?? '';
      return termFilter((term) => withinTime(pattern, () => term.replace(pattern, replacement)));
    }
    default:
      return undefined;
  }
}

/** The filter of the type, and of the analyzer, `fingerprint`. */
export function fingerprint(settings: ComponentSettings): TokenFilter {
  return fingerprintFilter(settings.character('separator', ' '), settings.integer('max_output_size', 255));
}

function grams(edge: boolean, settings: ComponentSettings, maxGramDiff: number): TokenFilter {
  const minGram = settings.integer('min_gram', 1);
  const maxGram = settings.integer('max_gram', 2);
  if (!edge) checkGramDiff('NGram TokenFilter', settings, maxGram - minGram, maxGramDiff);
  return gramFilter(minGram, maxGram, edge, settings.boolean('preserve_original', false));
}

function stemmer(settings: ComponentSettings): TokenFilter {
  const language = settings.string('language') ?? settings.string('name') ?? 'porter';
  if (language === 'english' || language === 'porter') return porterStemFilter;
  if (language === 'possessive_english') return possessiveEnglishFilter;
  throw settingError(
    `[language] in [${settings.name}] must be english, porter or possessive_english, got [${language}]`,
  );
}

function lengthFilter(settings: ComponentSettings): TokenFilter {
  const min = settings.integer('min', 0);
  const max = settings.string('max') === undefined ? Number.MAX_SAFE_INTEGER : settings.integer('max', 0);
  return keepFilter((term) => {
    const length = [...term].length;
    return length >= min && length <= max;
  });
}

/** The words of `stopwords`: a list, or one of the named sets. */
export function stopWords(settings: ComponentSettings, byDefault: string = '_english_'): ReadonlySet<string> {
  const words = new Set<string>();
  const ignoreCase = settings.boolean('ignore_case', false);
  for (const word of settings.strings('stopwords') ?? [byDefault]) {
    if (word === '_none_') continue;
    if (word === '_english_') for (const english of ENGLISH_STOP_WORDS) words.add(english);
    else if (/^_.*_$/.test(word))
      throw settingError(`[stopwords] in [${settings.name}] must be words, _english_ or _none_, got [${word}]`);
    else words.add(ignoreCase ? toLowerCase(word) : word);
  }
  return words;
}
