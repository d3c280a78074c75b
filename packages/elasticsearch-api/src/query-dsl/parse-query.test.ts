import { isDaybookError } from '@daybook/errors';
import type { Query } from '@daybook/search-engine';
import { describe, expect, test } from 'vitest';
import { renderError } from '../errors/render-error.ts';
import { parseTopQuery, queryContext } from './parse-query.ts';

const parse = (value: unknown): Query => parseTopQuery(value, queryContext());
const bool = { must: [], filter: [], should: [], mustNot: [] };

describe('queries of the wire', () => {
  test.each<[unknown, unknown]>([
    [{ match_all: { boost: 2 } }, { type: 'matchAll', boost: 2 }],
    [{ match_none: {} }, { type: 'matchNone' }],
    [{ term: { k: 'x' } }, { type: 'term', field: 'k', value: 'x' }],
    [
      { term: { k: { value: 1, boost: '2.5', _name: 'n', case_insensitive: true } } },
      { type: 'term', field: 'k', value: 1, boost: 2.5, name: 'n', caseInsensitive: true },
    ],
    [{ term: { _id: 7 } }, { type: 'ids', values: ['7'] }],
    [{ terms: { k: ['a', 1, true], boost: 2 } }, { type: 'terms', field: 'k', values: ['a', 1, true], boost: 2 }],
    [
      { range: { d: { gte: 'now-1d/d', lt: 5, format: 'yyyy', time_zone: '+01:00' } } },
      { type: 'range', field: 'd', gte: 'now-1d/d', lt: 5, format: 'yyyy', timeZone: '+01:00' },
    ],
    [{ range: { n: { from: 1, to: 5, include_lower: false } } }, { type: 'range', field: 'n', gt: 1, lte: 5 }],
    [{ range: { n: { gte: 1, lt: null } } }, { type: 'range', field: 'n', gte: 1 }],
    [{ exists: { field: 'k' } }, { type: 'exists', field: 'k' }],
    [{ prefix: { k: 'a' } }, { type: 'prefix', field: 'k', value: 'a' }],
    [{ wildcard: { k: { wildcard: 'a*' } } }, { type: 'wildcard', field: 'k', value: 'a*' }],
    [
      { regexp: { k: { value: 'a.*', flags: 'INTERVAL|EMPTY' } } },
      { type: 'regexp', field: 'k', value: 'a.*', operators: ['interval', 'empty'] },
    ],
    [
      { fuzzy: { k: { value: 'x', fuzziness: 'AUTO', prefix_length: 1 } } },
      { type: 'fuzzy', field: 'k', value: 'x', fuzziness: 'AUTO', prefixLength: 1 },
    ],
    [{ ids: { values: 'a' } }, { type: 'ids', values: ['a'] }],
    [{ match: { t: 'a b' } }, { type: 'match', field: 't', query: 'a b' }],
    [
      { match: { t: { query: 'a', operator: 'AND', minimum_should_match: 2, fuzziness: 1 } } },
      { type: 'match', field: 't', query: 'a', operator: 'and', minimumShouldMatch: '2', fuzziness: '1' },
    ],
    [{ match_phrase: { t: { query: 'a b', slop: 2 } } }, { type: 'matchPhrase', field: 't', query: 'a b', slop: 2 }],
    [
      { match_phrase_prefix: { t: { query: 'a b', max_expansions: 9 } } },
      { type: 'matchPhrasePrefix', field: 't', query: 'a b', maxExpansions: 9 },
    ],
    [{ match_bool_prefix: { t: 'a b' } }, { type: 'matchBoolPrefix', field: 't', query: 'a b' }],
    [
      { multi_match: { query: 'x', fields: ['a^2', 'b'], type: 'phrase', tie_breaker: 0.3 } },
      { type: 'multiMatch', query: 'x', fields: ['a^2', 'b'], matchType: 'phrase', tieBreaker: 0.3 },
    ],
    [
      { query_string: { query: '*', fields: ['*', '*.*'], default_operator: 'and' } },
      { type: 'queryString', query: '*', fields: ['*', '*.*'], defaultOperator: 'and' },
    ],
    [
      { simple_query_string: { query: 'a+b', fields: ['t'], flags: 'AND|OR' } },
      { type: 'simpleQueryString', query: 'a+b', fields: ['t'], operators: ['and', 'or'] },
    ],
    [
      { bool: { filter: { term: { k: 'x' } }, must_not: [{ exists: { field: 'y' } }], minimum_should_match: '50%' } },
      {
        type: 'bool',
        ...bool,
        filter: [{ type: 'term', field: 'k', value: 'x' }],
        mustNot: [{ type: 'exists', field: 'y' }],
        minimumShouldMatch: '50%',
      },
    ],
    [{ bool: { must: null } }, { type: 'bool', ...bool }],
    [
      { constant_score: { filter: { match_all: {} }, boost: 3 } },
      { type: 'constantScore', filter: { type: 'matchAll' }, boost: 3 },
    ],
    [
      { dis_max: { queries: [{ match_all: {} }], tie_breaker: 0.5 } },
      { type: 'disMax', queries: [{ type: 'matchAll' }], tieBreaker: 0.5 },
    ],
    [
      { boosting: { positive: { match_all: {} }, negative: { match_none: {} }, negative_boost: 0.2 } },
      { type: 'boosting', positive: { type: 'matchAll' }, negative: { type: 'matchNone' }, negativeBoost: 0.2 },
    ],
  ])('%j is read', (wire, query) => {
    expect(parse(wire)).toEqual(query);
  });

  // compat: the texts were read from Elasticsearch 7.10.2, without the positions that it puts before some of them.
  test.each<[unknown, string, string]>([
    [{ foo: {} }, 'parsing_exception', 'unknown query [foo]'],
    [{ matchh: {} }, 'parsing_exception', 'unknown query [matchh] did you mean any of [match, match_all]?'],
    [{}, 'illegal_argument_exception', 'query malformed, empty clause found'],
    [[], 'parsing_exception', 'Unknown key for a START_ARRAY in [query].'],
    ['x', 'parsing_exception', 'Unknown key for a VALUE_STRING in [query].'],
    [{ term: { a: 1, b: 2 } }, 'parsing_exception', "[term] query doesn't support multiple fields, found [a] and [b]"],
    [{ term: ['a'] }, 'parsing_exception', '[term] query malformed, no start_object after query name'],
    [{ term: {} }, 'illegal_argument_exception', 'field name is null or empty'],
    [{ term: { k: { valeu: 1 } } }, 'parsing_exception', '[term] query does not support [valeu]'],
    [{ term: { k: ['a'] } }, 'parsing_exception', '[term] query does not support array of values'],
    [{ term: { k: { value: null } } }, 'illegal_argument_exception', 'value cannot be null'],
    [{ term: { k: { value: 'x', boost: 'y' } } }, 'number_format_exception', 'For input string: "y"'],
    [{ terms: { k: 'a' } }, 'parsing_exception', '[terms] query does not support [k]'],
    [{ terms: { k: ['a'], n: [1] } }, 'parsing_exception', '[terms] query does not support multiple fields'],
    [{ terms: { k: [null] } }, 'parsing_exception', 'No value specified for terms query'],
    [{ range: { n: 1 } }, 'parsing_exception', '[range] query does not support [n]'],
    [{ range: { n: { foo: 1 } } }, 'parsing_exception', '[range] query does not support [foo]'],
    [{ exists: {} }, 'parsing_exception', '[exists] must be provided with a [field]'],
    [{ exists: { field: ['k'] } }, 'parsing_exception', '[exists] unknown token [START_ARRAY] after [field]'],
    [{ wildcard: { k: {} } }, 'illegal_argument_exception', 'value cannot be null'],
    [{ match: { t: { foo: 1 } } }, 'parsing_exception', '[match] query does not support [foo]'],
    [{ match: { t: {} } }, 'parsing_exception', 'No text specified for text query'],
    [
      { match: { t: { query: 'x', operator: 'xor' } } },
      'illegal_argument_exception',
      'No enum constant org.elasticsearch.index.query.Operator.XOR',
    ],
    [{ match_phrase: { t: { query: 'a', slop: -1 } } }, 'illegal_argument_exception', 'No negative slop allowed.'],
    [{ multi_match: { fields: ['t'] } }, 'parsing_exception', 'No text specified for multi_match query'],
    [
      { multi_match: { query: 'x', type: 'nope' } },
      'parse_exception',
      'failed to parse [multi_match] query type [nope]. unknown type.',
    ],
    [{ query_string: {} }, 'parsing_exception', '[query_string] must be provided with a [query]'],
    [{ simple_query_string: { foo: 1 } }, 'parsing_exception', '[simple_query_string] unsupported field [foo]'],
    [{ constant_score: {} }, 'parsing_exception', "[constant_score] requires a 'filter' element"],
    [{ dis_max: {} }, 'parsing_exception', "[dis_max] requires 'queries' field with at least one clause"],
    [
      { boosting: { positive: { match_all: {} } } },
      'parsing_exception',
      "[boosting] query requires 'negative' query to be set'",
    ],
    [{ bool: { foo: {} } }, 'x_content_parse_exception', '[bool] unknown field [foo]'],
    [{ bool: { must: 1 } }, 'x_content_parse_exception', "[bool] must doesn't support values of type: VALUE_NUMBER"],
    [
      { match_all: {}, match_none: {} },
      'parsing_exception',
      '[match_all] malformed query, expected [END_OBJECT] but found [FIELD_NAME]',
    ],
    [{ nested: { path: 'x' } }, 'illegal_argument_exception', 'query [nested] is not supported by this server'],
  ])('%j is refused', (wire, type, reason) => {
    expect(failureOf(() => parse(wire))).toMatchObject({ error: { type, reason } });
  });

  test('what is wrong in a clause is the cause of what is wrong in bool', () => {
    expect(failureOf(() => parse({ bool: { must: [{ foo: {} }] } }))).toEqual({
      status: 400,
      error: {
        root_cause: [{ type: 'parsing_exception', reason: 'unknown query [foo]' }],
        type: 'x_content_parse_exception',
        reason: '[bool] failed to parse field [must]',
        caused_by: {
          type: 'parsing_exception',
          reason: 'unknown query [foo]',
          caused_by: { type: 'named_object_not_found_exception', reason: 'unknown field [foo]' },
        },
      },
    });
  });

  test('nesting and numbers of terms are bounded', () => {
    let deep: unknown = { match_all: {} };
    for (let level = 0; level < 101; level += 1) deep = { bool: { must: deep } };
    expect(() => parse(deep)).toThrow();
    const terms = Array.from({ length: 65_537 }, (_, n) => n);
    expect(() => parse({ terms: { k: terms } })).toThrow('has exceeded the allowed maximum of [65536]');
  });

  test('names that every object has are no queries', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const wire = JSON.parse(`{"${name}":{}}`) as unknown;
      expect(() => parse(wire)).toThrow(`unknown query [${name}]`);
    }
  });
});

function failureOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    expect(isDaybookError(error)).toBe(true);
    return renderError(error);
  }
  throw new Error('nothing was refused');
}
