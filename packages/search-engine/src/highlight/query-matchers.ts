import { isDaybookError } from '@daybook/errors';
import { tokensByPosition } from '../analysis/by-position.ts';
import type { FieldType, ValueCondition } from '../mapping/field-type.ts';
import type { IndexedValue } from '../mapping/field-values.ts';
import type { TermTest } from '../query/clauses/term-test-clause.ts';
import { isInRange } from '../query/compile/condition.ts';
import { expandFields } from '../query/compile/field-patterns.ts';
import { findsNothing } from '../query/compile/finds-nothing.ts';
import { maxEditsFor } from '../query/compile/fuzziness.ts';
import type { FuzzyOptions } from '../query/compile/fuzzy.ts';
import { analyzerFor, isPrefixAt, type MatchKind } from '../query/compile/match.ts';
import { MATCH_KINDS } from '../query/compile/multi-match.ts';
import { type PatternQuery, termTest } from '../query/compile/pattern.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import { codePoints, editDistance } from '../query/patterns/levenshtein.ts';
import type { MatchOptions, Query } from '../query/query.ts';
import { parseQueryString } from '../query-string/parse-query-string.ts';
import type { Matcher, TermMatch } from './matcher.ts';

/** Types whose values are terms of the index; those of booleans are F and T. */
const TYPES_WITH_TERMS: ReadonlySet<string> = new Set(['text', 'keyword', 'boolean']);

/** What a query looks for in the terms of fields, leaving out what it excludes. */
export function queryMatchers(index: Searchable, query: Query, nowMs: number): readonly Matcher[] {
  const collector = new MatcherCollector(index, nowMs);
  collector.visit(query, 1);
  return collector.matchers;
}

class MatcherCollector {
  readonly matchers: Matcher[] = [];
  readonly #index: Searchable;
  readonly #nowMs: number;
  #isInFunctionScore = false;

  constructor(index: Searchable, nowMs: number) {
    this.#index = index;
    this.#nowMs = nowMs;
  }

  visit(query: Query, outerBoost: number): void {
    const boost = outerBoost * (query.boost ?? 1);
    switch (query.type) {
      case 'term':
        this.#addValue(query.field, query.value, query.caseInsensitive ?? false, boost);
        return;
      case 'terms':
        for (const value of query.values) this.#addValue(query.field, value, false, boost);
        return;
      case 'synonyms':
        for (const word of query.words) this.#addValue(query.field, word, false, boost);
        return;
      case 'range': {
        const field = this.#termsField(query.field);
        if (field === undefined) return;
        this.#addRange(field, field.rangeCondition(query, { nowMs: this.#nowMs }), JSON.stringify(query), boost);
        return;
      }
      case 'prefix':
      case 'wildcard':
      case 'regexp':
        this.#addPattern(query, boost);
        return;
      case 'fuzzy': {
        const field = this.#termsField(query.field);
        if (field !== undefined) this.#addFuzzy(field, String(query.value), query, boost);
        return;
      }
      case 'match':
      case 'matchPhrase':
      case 'matchPhrasePrefix':
      case 'matchBoolPrefix':
        this.#addMatch(query.type, query.field, query, boost);
        return;
      case 'commonTerms':
        this.#addMatch('match', query.field, query, boost);
        return;
      case 'multiMatch': {
        const fields = expandFields(this.#index.mapping, query.fields.length === 0 ? ['*'] : query.fields);
        for (const { path, weight } of fields)
          this.#addMatch(MATCH_KINDS[query.matchType], path, query, boost * weight);
        return;
      }
      case 'queryString':
      case 'simpleQueryString': {
        const { boost: _boost, name: _name, ...text } = query;
        this.visit(parseQueryString(text, this.#index, { nowMs: this.#nowMs }), boost);
        return;
      }
      case 'bool':
        if (query.isOfText !== true && findsNothing({ index: this.#index, nowMs: this.#nowMs }, query)) return;
        for (const inner of [...query.must, ...query.should, ...query.filter]) this.visit(inner, boost);
        return;
      case 'constantScore':
        this.visit(query.filter, boost);
        return;
      case 'disMax':
        for (const inner of query.queries) this.visit(inner, boost);
        return;
      case 'functionScore': {
        const outer = this.#isInFunctionScore;
        this.#isInFunctionScore = true;
        this.visit(query.query, boost);
        this.#isInFunctionScore = outer;
        return;
      }
      case 'boosting':
        this.visit(query.positive, boost);
        return;
    }
  }

  #termsField(path: string): FieldType | undefined {
    const field = this.#index.mapping.field(path);
    return field !== undefined && TYPES_WITH_TERMS.has(field.type) ? field : undefined;
  }

  #addTerm(field: FieldType, term: string, boost: number): void {
    this.matchers.push({
      kind: 'term',
      isInFunctionScore: this.#isInFunctionScore,
      field: field.path,
      term,
      boost,
    });
  }

  #addTest(field: FieldType, label: string, test: TermMatch, boost: number): void {
    this.matchers.push({ kind: 'pattern', field: field.path, label, test, boost });
  }

  #addValue(path: string, value: string | number | boolean, isCaseInsensitive: boolean, boost: number): void {
    const field = this.#termsField(path);
    if (field === undefined) return;
    const condition = this.#termCondition(field, value);
    if (condition?.type !== 'term') return;
    const wanted = termOf(field, condition.value);
    if (!isCaseInsensitive) this.#addTerm(field, wanted, boost);
    else this.#addTest(field, `=${wanted}`, (term) => term.toLowerCase() === wanted.toLowerCase(), boost);
  }

  /** Undefined for a value that the field cannot have, which the query was lenient about. */
  #termCondition(field: FieldType, value: string | number | boolean): ValueCondition | undefined {
    try {
      return field.termCondition(value, { nowMs: this.#nowMs });
    } catch (error) {
      if (isDaybookError(error, 'invalid-argument')) return undefined;
      throw error;
    }
  }

  #addRange(field: FieldType, condition: ValueCondition, label: string, boost: number): void {
    if (condition.type !== 'range') return;
    const { lower, upper } = condition;
    const range = {
      ...condition,
      ...(lower !== undefined && { lower: termOf(field, lower) }),
      ...(upper !== undefined && { upper: termOf(field, upper) }),
    };
    this.#addTest(field, label, onTerm(isInRange(range)), boost);
  }

  #addPattern(query: PatternQuery, boost: number): void {
    const field = this.#termsField(query.field);
    if (field === undefined) return;
    this.#addTest(field, `${query.type} ${query.value}`, onTerm(termTest(field, query)), boost);
  }

  #addFuzzy(field: FieldType, wanted: string, options: FuzzyOptions, boost: number): void {
    const letters = codePoints(wanted);
    const maxEdits = maxEditsFor(options.fuzziness ?? 'AUTO', letters.length);
    if (maxEdits === 0) {
      this.#addTerm(field, wanted, boost);
      return;
    }
    const prefix = [...wanted].slice(0, options.prefixLength ?? 0).join('');
    const isNear: TermMatch = (term) =>
      term.startsWith(prefix) &&
      editDistance(letters, codePoints(term), maxEdits, options.transpositions ?? true) !== undefined;
    this.#addTest(field, `fuzzy ${wanted}`, isNear, boost);
  }

  #addMatch(kind: MatchKind, path: string, options: MatchOptions, boost: number): void {
    const field = this.#termsField(path);
    if (field === undefined) return;
    const text = String(options.query);
    if (field.form !== 'text') {
      if (kind === 'match' && options.analyzer !== undefined) {
        const { fuzziness } = options;
        for (const { term } of this.#index.analyzer(options.analyzer).analyze(text)) {
          if (fuzziness === undefined) this.#addValue(path, term, false, boost);
          else this.#addFuzzy(field, term, options, boost);
        }
      } else if (kind === 'matchBoolPrefix' && field.type === 'keyword')
        this.#addPattern({ type: 'prefix', field: path, value: text }, boost);
      else if (kind === 'match' && options.fuzziness !== undefined) {
        this.#addFuzzy(field, field.normalizeTerm(text), options, boost);
      } else if (kind !== 'matchPhrasePrefix') this.#addValue(path, options.query, false, boost);
      return;
    }
    const tokens = analyzerFor(this.#index, kind, field, options).analyze(text);
    const last = tokens[tokens.length - 1];
    if (last === undefined) return;
    const places = tokensByPosition(tokens);
    if ((kind === 'matchPhrase' && tokens.length > 1 && last.position > 0) || kind === 'matchPhrasePrefix') {
      const slop = options.slop ?? 0;
      const isSimple = kind === 'matchPhrase' && tokens.length === places.length;
      // compat: but for phrases of single words, positions before the first are gaps too.
      const start = isSimple ? tokens[0]!.position : 0;
      this.matchers.push({
        kind: 'phrase',
        isInFunctionScore: this.#isInFunctionScore,
        field: field.path,
        places: places.map((place) => ({
          terms: place.map(({ term }) => term),
          isPrefix: kind === 'matchPhrasePrefix' && place === places.at(-1),
        })),
        slop,
        gaps: Math.max(0, last.position - start - places.length + 1),
        isInOrder: slop === 0,
        boost,
      });
      return;
    }
    for (const place of places) {
      const [{ term, endOffset }, ...others] = place;
      if (others.length > 0) {
        for (const each of [term, ...others.map((other) => other.term)]) this.#addTerm(field, each, boost);
      } else if (place === places.at(-1) && isPrefixAt(endOffset, kind, options)) {
        this.#addTest(field, `prefix ${term}`, (other) => other.startsWith(term), boost);
      } else if (options.fuzziness !== undefined) this.#addFuzzy(field, term, options, boost);
      else this.#addTerm(field, term, boost);
    }
  }
}

function termOf(field: FieldType, value: IndexedValue): string {
  if (field.type !== 'boolean') return String(value);
  return value === 0 ? 'F' : 'T';
}

function onTerm(test: TermTest): TermMatch {
  return (term) => {
    const block = Buffer.from(term);
    return test.isMatch({ block, start: 0, end: block.length });
  };
}
