import type { Token } from '../analysis/analyzer.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { analyzeValue } from './analyzed-text.ts';
import { createFragmenter, type Fragmenter } from './fragmenter.ts';
import type { HighlightField } from './highlight.ts';
import { type MarkUp, markUpOf } from './mark-up.ts';
import type { Matcher } from './matcher.ts';
import { type WeightedTerm, weightTerms } from './weighted-terms.ts';

interface Fragment {
  readonly parts: string[];
  readonly terms: Set<string>;
  score: number;
}

/** The best fragments of each value by itself, best ones first; values longer than `ignoreAbove` are not indexed. */
export function plainHighlights(
  field: FieldType,
  values: readonly string[],
  matchers: readonly Matcher[],
  options: HighlightField,
  ignoreAbove: number,
): readonly string[] {
  const wanted = options.numberOfFragments === 0 ? 1 : options.numberOfFragments;
  const indexed = values.filter(({ length }) => length <= ignoreAbove);
  const found = indexed.flatMap((text) => bestFragments(field, text, matchers, options, wanted));
  // compat: scores that round alike are in the order of the values.
  if (options.isOrderedByScore) found.sort((a, b) => Math.round(b.score - a.score));
  const isWholeValues = options.numberOfFragments === 0 && values.length > 1;
  if (found.length > 0) {
    return (isWholeValues ? found : found.slice(0, wanted)).map(({ parts }) => parts.join(''));
  }
  // compat: the first value is shown also where it is too long to be indexed.
  const [first] = values;
  if (options.noMatchSize === 0 || first === undefined) return [];
  const end = lastTermEnd(analyzeValue(field, first), options.noMatchSize);
  return end === 0 ? [] : [first.slice(0, end)];
}

function lastTermEnd(tokens: readonly Token[], limit: number): number {
  let end = 0;
  for (const { endOffset } of tokens) {
    if (endOffset > limit) break;
    end = endOffset;
  }
  return end;
}

function bestFragments(
  field: FieldType,
  text: string,
  matchers: readonly Matcher[],
  options: HighlightField,
  wanted: number,
): Fragment[] {
  const tokens = analyzeValue(field, text);
  const terms = weightTerms(tokens, matchers);
  const fragments = splitText(text, tokens, terms, createFragmenter(text, terms, options), markUpOf(options));
  return fragments
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, wanted);
}

/** compat: the tokens of a group behind these do not make it longer, so that a text of grams comes apart. */
const MAX_GROUP_TOKENS = 50;

/** Tokens that overlap are marked together. */
interface TokenGroup {
  count: number;
  start: number;
  end: number;
  matchStart: number;
  matchEnd: number;
  score: number;
}

function splitText(
  text: string,
  tokens: readonly Token[],
  terms: ReadonlyMap<string, WeightedTerm>,
  fragmenter: Fragmenter,
  markUp: MarkUp,
): readonly Fragment[] {
  const fragments: Fragment[] = [];
  const startFragment = (): Fragment => {
    const fragment = { parts: [], terms: new Set<string>(), score: 0 };
    fragments.push(fragment);
    return fragment;
  };
  let fragment = startFragment();
  let group: TokenGroup | undefined;
  let written = 0;
  const flush = ({ matchStart, matchEnd, score }: TokenGroup): void => {
    if (matchStart > written) fragment.parts.push(markUp.plain(text.slice(written, matchStart)));
    const own = text.slice(matchStart, matchEnd);
    fragment.parts.push(score > 0 ? markUp.marked(own) : markUp.plain(own));
    written = Math.max(written, matchEnd);
  };
  for (const [at, token] of tokens.entries()) {
    if (group !== undefined && token.startOffset >= group.end) {
      flush(group);
      group = undefined;
      if (fragmenter.isNewFragment(token, token.position - tokens[at - 1]!.position)) fragment = startFragment();
    }
    const score = scoreOf(token, terms, fragment);
    group = addToGroup(group, token, score);
  }
  if (group !== undefined) flush(group);
  if (written < text.length) fragment.parts.push(markUp.plain(text.slice(written)));
  return fragments;
}

function scoreOf(token: Token, terms: ReadonlyMap<string, WeightedTerm>, fragment: Fragment): number {
  const term = terms.get(token.term);
  if (term === undefined) return 0;
  const { spans, weight } = term;
  if (spans !== undefined && !spans.covers(token.position)) return 0;
  if (!fragment.terms.has(token.term)) {
    fragment.terms.add(token.term);
    fragment.score += weight;
  }
  return weight;
}

function addToGroup(group: TokenGroup | undefined, token: Token, score: number): TokenGroup {
  const { startOffset: start, endOffset: end } = token;
  if (group === undefined) return { count: 1, start, end, matchStart: start, matchEnd: end, score };
  if (group.count === MAX_GROUP_TOKENS) return group;
  group.count++;
  group.start = Math.min(group.start, start);
  group.end = Math.max(group.end, end);
  if (score > 0) {
    const isFirst = group.score === 0;
    group.matchStart = isFirst ? start : Math.min(group.matchStart, start);
    group.matchEnd = isFirst ? end : Math.max(group.matchEnd, end);
    group.score += score;
  }
  return group;
}
