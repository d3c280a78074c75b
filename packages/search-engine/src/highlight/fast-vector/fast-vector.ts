import type { Token } from '../../analysis/analyzer.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import { analyzeValues } from '../analyzed-text.ts';
import type { HighlightField } from '../highlight.ts';
import { markUpOf } from '../mark-up.ts';
import type { Matcher } from '../matcher.ts';
import { tokensOf } from '../phrase-spans.ts';
import { TokenIndex } from '../token-index.ts';
import { boundaryScannerOf } from './boundary-scanner.ts';
import { extentOf, type FoundPhrase, findPhrases, mergePhrases } from './find-phrases.ts';
import { type Fragment, fragmentsOf, withinValues } from './fragments.ts';
import { PhraseMap, type WantedPhrase, withOverlaps } from './phrase-map.ts';

/** A field whose matches are marked, and its values. */
export interface MatchedField {
  readonly field: FieldType;
  readonly values: readonly string[];
}

/** Whether a term stands in any document's field. */
export type HasTerm = (path: string, term: string) => boolean;

/** Of no more terms the phrases that they make are looked for. */
const MAX_PHRASE_TERMS = 16;
/** One character stands between values. */
const SEPARATOR = ' ';

/** The first fragments of a field, or those of the highest scores, as Lucene's FastVectorHighlighter cuts them; what any of `matched` has is marked. */
export function fastVectorHighlights(
  values: readonly string[],
  matched: readonly MatchedField[],
  matchers: readonly Matcher[],
  options: HighlightField,
  hasTerm: HasTerm,
): readonly string[] {
  const texts = matched.map(({ field, values: own }) => ({ field, tokens: analyzeValues(field, own) }));
  const maps = phraseMaps(texts, matchers, options.requireFieldMatch, hasTerm);
  const phrases = texts.map(({ field, tokens }) => {
    const map = maps.get(options.requireFieldMatch ? field.path : '');
    if (map === undefined) return [];
    const wanted = tokens.filter(({ term }) => map.words.has(term));
    return findPhrases(wanted, map.phrases, options.phraseLimit);
  });
  const fragments = fragmentsOf(phrases.length === 1 ? phrases[0]! : mergePhrases(phrases), options);
  const shown = fragments.length > 0 ? show(fragments, values, options) : [];
  if (shown.length > 0 || options.noMatchSize <= 0 || values.length === 0) return shown;
  const begin = { start: 0, end: options.noMatchSize, phrases: [], boost: 0 };
  return show([begin], values, { ...options, numberOfFragments: 1 });
}

interface FieldPhrases {
  readonly phrases: PhraseMap;
  readonly words: Set<string>;
}

/** What is looked for in each field; in all of them under the empty name, where fields do not count. */
function phraseMaps(
  texts: readonly { readonly field: FieldType; readonly tokens: readonly Token[] }[],
  matchers: readonly Matcher[],
  isFieldMatched: boolean,
  hasTerm: HasTerm,
): ReadonlyMap<string, FieldPhrases> {
  const byField = new Map<string, WantedPhrase[]>();
  for (const matcher of matchers) {
    const name = isFieldMatched ? matcher.field : '';
    const tokens = texts.filter(({ field }) => !isFieldMatched || field.path === matcher.field);
    const wanted = wantedPhrases(matcher, new TokenIndex(tokens.flatMap((text) => text.tokens)), hasTerm);
    byField.set(name, [...(byField.get(name) ?? []), ...wanted]);
  }
  const maps = new Map<string, FieldPhrases>();
  let number = 0;
  for (const [name, wanted] of byField) {
    const map = { phrases: new PhraseMap(), words: new Set<string>() };
    for (const phrase of withOverlaps(wanted)) {
      map.phrases.add({ ...phrase, number: number++ });
      for (const term of phrase.terms) map.words.add(term);
    }
    maps.set(name, map);
  }
  return maps;
}

/** compat: a pattern stands for terms of its own field, whichever field's text is marked. */
function wantedPhrases(matcher: Matcher, text: TokenIndex, hasTerm: HasTerm): readonly WantedPhrase[] {
  const { boost } = matcher;
  if (matcher.kind === 'term') return [{ terms: [matcher.term], slop: 0, boost }];
  if (matcher.kind === 'pattern') {
    const terms = text.matchingTerms(matcher.test).filter((term) => hasTerm(matcher.field, term));
    return terms.sort().map((term) => ({ terms: [term], slop: 0, boost }));
  }
  const places = matcher.places.map((place) => {
    if (!place.isPrefix) return place.terms;
    const terms = new Set(tokensOf(text, place).map(({ term }) => term));
    return [...terms].filter((term) => hasTerm(matcher.field, term)).sort();
  });
  const { length: termCount } = places.flat();
  // compat: of more terms every one is marked wherever it stands, if any place has several.
  if (termCount > MAX_PHRASE_TERMS && termCount > places.length) {
    return places.flat().map((term) => ({ terms: [term], slop: 0, boost }));
  }
  return phrasesOf(places).map((terms) => ({ terms, slop: matcher.slop, boost }));
}

/** The phrases that one term of each place makes. */
function phrasesOf(places: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let phrases: readonly (readonly string[])[] = [[]];
  for (const terms of places) phrases = phrases.flatMap((phrase) => terms.map((term) => [...phrase, term]));
  return phrases;
}

function show(given: readonly Fragment[], values: readonly string[], options: HighlightField): readonly string[] {
  const fragments = [...(values.length > 1 ? withinValues(given, values) : given)];
  if (options.isOrderedByScore && options.numberOfFragments > 0) {
    fragments.sort((a, b) => b.boost - a.boost || a.start - b.start);
  }
  const count = options.numberOfFragments === 0 ? fragments.length : options.numberOfFragments;
  const render = createRenderer(values, options);
  return fragments.slice(0, count).map(render);
}

/** compat: the text is read value by value as fragments need it, and a fragment's ends are sought in what was read. */
function createRenderer(values: readonly string[], options: HighlightField): (fragment: Fragment) => string {
  const scanner = boundaryScannerOf(options);
  let text = '';
  let read = 0;
  return ({ start, end, phrases }) => {
    while (text.length < end && read < values.length) text += values[read++]! + SEPARATOR;
    const length = text.length - SEPARATOR.length;
    const shownEnd = length < end ? length : scanner.endOf(text, end);
    const shownStart = scanner.startOf(text, start);
    return mark(text, shownStart, shownEnd, phrases, options);
  };
}

function mark(
  text: string,
  start: number,
  end: number,
  phrases: readonly FoundPhrase[],
  options: HighlightField,
): string {
  const parts: string[] = [];
  let at = start;
  // Grams stand in the order of their positions, which is not that of the text.
  for (const { stretches, number } of [...phrases].sort((a, b) => extentOf(a).start - extentOf(b).start)) {
    const markUp = markUpOf(options, number);
    for (const stretch of stretches) {
      parts.push(markUp.plain(text.slice(at, stretch.start)), markUp.marked(text.slice(stretch.start, stretch.end)));
      at = stretch.end;
    }
  }
  parts.push(markUpOf(options).plain(text.slice(at, end)));
  return parts.join('');
}
