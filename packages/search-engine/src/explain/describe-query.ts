import { isDaybookError } from '@daybook/errors';
import { type TokenPlace, tokensByPosition } from '../analysis/by-position.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { javaFloat } from '../numbers/java-float.ts';
import { phraseLabel, synonymLabel } from '../query/clauses/term-labels.ts';
import { ALWAYS_THERE, existingFields } from '../query/compile/exists.ts';
import { expandFields } from '../query/compile/field-patterns.ts';
import { findsNothing } from '../query/compile/finds-nothing.ts';
import { maxEditsFor } from '../query/compile/fuzziness.ts';
import { analyzerFor, isPrefixAt, type MatchKind } from '../query/compile/match.ts';
import { MATCH_KINDS } from '../query/compile/multi-match.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import { minimumShouldMatch } from '../query/minimum-should-match.ts';
import type { MatchOptions, Query, QueryValue } from '../query/query.ts';
import { parseQueryString } from '../query-string/parse-query-string.ts';
import { describeCondition } from './describe-condition.ts';

const META_FIELDS: ReadonlySet<string> = new Set(['_id', '_index', '_type']);
const NOTHING = 'MatchNoDocsQuery("User requested "match_none" query.")';

/**
 * A query as Lucene writes it: `+msg:disk -status:failed #n:[1 TO 3]`, with the boosts that fields have by their mapping unless these are left out. Wrong values are
 * `invalid-argument`, as in a search.
 */
export function describeQuery(index: Searchable, query: Query, nowMs: number, hasFieldBoosts = true): string {
  return new QueryDescriber(index, nowMs, hasFieldBoosts).describe(query);
}

class QueryDescriber {
  readonly #index: Searchable;
  readonly #nowMs: number;
  readonly #hasFieldBoosts: boolean;

  constructor(index: Searchable, nowMs: number, hasFieldBoosts: boolean) {
    this.#index = index;
    this.#nowMs = nowMs;
    this.#hasFieldBoosts = hasFieldBoosts;
  }

  describe(query: Query): string {
    const text = this.#describe(query);
    const { boost = 1 } = query;
    return boost === 1 ? text : `(${text})^${javaFloat(boost)}`;
  }

  #describe(query: Query): string {
    switch (query.type) {
      case 'matchAll':
        return '*:*';
      case 'matchNone':
        return NOTHING;
      case 'term':
        if (META_FIELDS.has(query.field)) return this.#meta(query.field, [query.value]);
        return this.#onField(query.field, (field) =>
          this.#boosted(field, describeCondition(field, field.termCondition(query.value, this.#time))),
        );
      case 'synonyms':
        return synonymLabel(query.field, query.words);
      case 'range':
        if (this.#findsNothing(query)) return NOTHING;
        return this.#onField(query.field, (field) => describeCondition(field, field.rangeCondition(query, this.#time)));
      case 'terms':
        return META_FIELDS.has(query.field) ? this.#meta(query.field, query.values) : this.#terms(query);
      case 'exists':
        return this.#exists(query.field);
      case 'prefix':
        return `${query.field}:${query.value}*`;
      case 'wildcard':
        return `${query.field}:${query.value}`;
      case 'regexp':
        return `${query.field}:/${query.value}/`;
      case 'fuzzy':
        return fuzzy(query.field, String(query.value), query.fuzziness);
      case 'ids':
        return `_id:(${query.values.join(' ')})`;
      case 'match':
      case 'matchPhrase':
      case 'matchPhrasePrefix':
      case 'matchBoolPrefix':
        return this.#match(query.type, query.field, query);
      case 'multiMatch':
        return this.#multiMatch(query);
      case 'commonTerms':
        return this.#match('match', query.field, query);
      case 'queryString':
      case 'simpleQueryString': {
        const { boost: _boost, name: _name, ...text } = query;
        return this.describe(parseQueryString(text, this.#index, this.#time));
      }
      case 'bool':
        return query.isOfText !== true && this.#findsNothing(query) ? NOTHING : this.#bool(query);
      case 'constantScore':
        return `ConstantScore(${this.describe(query.filter)})`;
      case 'disMax':
        return anyOf(
          query.queries.map((inner) => this.#inner(inner)),
          query.tieBreaker ?? 0,
        );
      case 'slice':
        return `slice[id=${query.id}, max=${query.max}, field=${query.field}]`;
      case 'shards':
        return `shards[${query.numbers.join(', ')}]`;
      case 'functionScore':
        return `function score (${this.describe(query.query)})`;
      case 'boosting': {
        const negative = `queryboost(score(${this.describe(query.negative)}))^${javaFloat(query.negativeBoost)}`;
        return `FunctionScoreQuery(${this.describe(query.positive)}, scored by boost(${negative}))`;
      }
    }
  }

  #findsNothing(query: Query): boolean {
    return findsNothing({ index: this.#index, nowMs: this.#nowMs }, query);
  }

  get #time(): { readonly nowMs: number } {
    return { nowMs: this.#nowMs };
  }

  #onField(path: string, describe: (field: FieldType) => string): string {
    const field = this.#index.mapping.field(path);
    return field === undefined ? NOTHING : describe(field);
  }

  /** compat: an index of another name finds nothing by its name. */
  #meta(path: string, values: readonly QueryValue[]): string {
    if (path === '_id') return `_id:(${values.join(' ')})`;
    const own = path === '_index' ? this.#index.name : '_doc';
    return values.includes(own) ? '*:*' : NOTHING;
  }

  #exists(path: string): string {
    const { mapping } = this.#index;
    if (ALWAYS_THERE.has(path)) return '*:*';
    const each = existingFields(mapping, path).map((name) => {
      const kind = mapping.field(name)?.form === 'text' ? 'NormsFieldExistsQuery' : 'DocValuesFieldExistsQuery';
      return `${kind} [field=${name}]`;
    });
    return each.length === 0 ? NOTHING : `ConstantScore(${each.join(' ')})`;
  }

  #terms({ field: path, values }: Query & { type: 'terms' }): string {
    return this.#onField(path, (field) => {
      const shown = values.map((value) => describeCondition(field, field.termCondition(value, this.#time)));
      if (field.range !== undefined) return `ConstantScore(${shown.join(' ')})`;
      if (field.form === 'number') return `${field.path}:{${values.join(' ')}}`;
      return `${field.path}:(${shown.map((each) => each.slice(field.path.length + 1)).join(' ')})`;
    });
  }

  /** A query within another: alternatives and conjunctions stand in brackets. */
  #inner(query: Query): string {
    const text = this.describe(query);
    const isPlain = (query.boost ?? 1) !== 1 || !/[ ]/.test(text) || !this.#isBoolean(query);
    return isPlain ? text : `(${text})`;
  }

  #isBoolean(query: Query): boolean {
    if (query.type === 'queryString' || query.type === 'simpleQueryString') return true;
    return query.type === 'bool' || query.type === 'match' || query.type === 'matchBoolPrefix';
  }

  #bool({ must, filter, should, mustNot, minimumShouldMatch: minimum }: Query & { type: 'bool' }): string {
    const list = (sign: string, queries: readonly Query[]): string[] => queries.map((each) => sign + this.#inner(each));
    const parts = [...list('+', must), ...list('-', mustNot), ...list('', should), ...list('#', filter)];
    if (parts.length === 0) return '*:*';
    // compat: a query that only excludes excludes from everything.
    if (mustNot.length === parts.length) parts.push('#*:*');
    const least = minimum === undefined ? 0 : minimumShouldMatch(minimum, should.length);
    return least > 0 ? `(${parts.join(' ')})~${least}` : parts.join(' ');
  }

  #multiMatch(query: Query & { type: 'multiMatch' }): string {
    const fields = expandFields(this.#index.mapping, query.fields.length === 0 ? ['*'] : query.fields);
    const each = fields.map(({ path, weight }) => {
      const text = this.#match(MATCH_KINDS[query.matchType], path, query);
      if (weight !== 1) return `(${text})^${javaFloat(weight)}`;
      return text.includes(' ') && !text.includes('"') && fields.length > 1 ? `(${text})` : text;
    });
    return anyOf(each, query.tieBreaker ?? (query.matchType === 'most_fields' ? 1 : 0));
  }

  #match(kind: MatchKind, path: string, options: MatchOptions): string {
    if (META_FIELDS.has(path)) return this.#meta(path, [options.query]);
    return this.#onField(path, (field) => {
      if (field.form !== 'text') return this.#matchValue(field, options);
      const tokens = analyzerFor(this.#index, kind, field, options).analyze(String(options.query));
      const last = tokens[tokens.length - 1];
      if (last === undefined) return 'MatchNoDocsQuery("")';
      const places = tokensByPosition(tokens);
      const isPrefix = kind === 'matchPhrasePrefix' || isPrefixAt(last.endOffset, kind, options);
      const wordsAt = (place: TokenPlace): readonly string[] =>
        place.map(({ term }) => (isPrefix && place === places.at(-1) ? `${term}*` : term));
      const first = places[0]![0].position;
      if (last.position > first && (kind === 'matchPhrase' || kind === 'matchPhrasePrefix')) {
        const phrase = places.map((place) => ({ terms: wordsAt(place), position: place[0].position - first }));
        return phraseLabel(field.path, phrase, options.slop ?? 0);
      }
      const isOfWords = options.fuzziness === undefined && places.every(({ length }) => length === 1);
      const isCommonTerms = kind === 'match' && options.cutoffFrequency !== undefined && isOfWords;
      const sign = options.operator === 'and' && places.length > 1 && !isCommonTerms ? '+' : '';
      const parts = places.map((place) => {
        if (place.length > 1)
          return (
            sign +
            synonymLabel(
              field.path,
              place.map(({ term }) => term),
            )
          );
        if (kind !== 'match' || options.fuzziness === undefined) {
          const text = `${field.path}:${wordsAt(place)[0]}`;
          return sign + (isPrefix && place === places.at(-1) ? text : this.#boosted(field, text));
        }
        return sign + fuzzy(field.path, place[0].term, options.fuzziness);
      });
      if (isCommonTerms) return parts.join(', ');
      const { minimumShouldMatch: minimum } = options;
      const least = minimum === undefined || parts.length === 1 ? 0 : minimumShouldMatch(minimum, parts.length);
      return least > 0 ? `(${parts.join(' ')})~${least}` : parts.join(' ');
    });
  }

  /** What is asked of one value of a field. */
  #boosted({ boost }: FieldType, text: string): string {
    return boost === 1 || !this.#hasFieldBoosts ? text : `(${text})^${javaFloat(boost)}`;
  }

  /** A lenient query passes over a field that cannot hold the value. */
  #matchValue(field: FieldType, options: MatchOptions): string {
    try {
      return this.#boosted(field, describeCondition(field, field.termCondition(options.query, this.#time)));
    } catch (error) {
      if (!options.lenient || !isDaybookError(error)) throw error;
      const cause = `${error.detail.reason ?? 'illegal_argument_exception'}:[${error.message}]`;
      return `MatchNoDocsQuery("failed [${field.path}] query, caused by ${cause}")`;
    }
  }
}

function anyOf(parts: readonly string[], tieBreaker: number): string {
  if (parts.length === 1) return parts[0]!;
  return `(${parts.join(' | ')})${tieBreaker === 0 ? '' : `~${javaFloat(tieBreaker)}`}`;
}

function fuzzy(field: string, word: string, fuzziness = 'AUTO'): string {
  const edits = maxEditsFor(fuzziness, [...word].length);
  return edits === 0 ? `${field}:${word}` : `${field}:${word}~${edits}`;
}
