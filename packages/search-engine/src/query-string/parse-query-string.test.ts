import { isDaybookError } from '@daybook/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnalysis } from '../analysis/parse-analysis.ts';
import { parseMapping } from '../mapping/parse-mapping.ts';
import type { Query, QueryStringQuery } from '../query/query.ts';
import { parseQueryString } from './parse-query-string.ts';

const MAPPING = parseMapping({
  properties: {
    t: { type: 'text' },
    title: { type: 'text', fields: { keyword: { type: 'keyword' } } },
    k: { type: 'keyword' },
    n: { type: 'long' },
    d: { type: 'date' },
    b: { type: 'boolean' },
    ip: { type: 'ip' },
    o: { properties: { x: { type: 'keyword' } } },
  },
});

function parse(query: string, options: Partial<QueryStringQuery> = {}): Query {
  const index = { mapping: MAPPING, analyzer: (name: string) => parseAnalysis({}).analyzer(name)! };
  return parseQueryString({ type: 'queryString', query, ...options }, index, { nowMs: 0 });
}

/** The query in the notation of Lucene's explanations. */
function show(query: Query): string {
  const { boost, ...bare } = query;
  const shown = showBare(bare as Query);
  if (boost === undefined) return shown;
  return `${shown.startsWith('(') ? shown : `(${shown})`}^${boost}`;
}

function showBare(query: Query): string {
  switch (query.type) {
    case 'matchAll':
      return '*:*';
    case 'matchNone':
      return 'none';
    case 'term':
      return `${query.field}:${query.value}`;
    case 'match':
      return `${query.field}:${query.query}${query.operator === 'and' && /[ -]/.test(String(query.query)) ? '&' : ''}`;
    case 'matchPhrase':
      return `${query.field}:"${query.query}"${query.slop ? `~${query.slop}` : ''}`;
    case 'exists':
      return `exists(${query.field})`;
    case 'ids':
      return `ids(${query.values.join()})`;
    case 'prefix':
      return `${query.field}:${query.value}*`;
    case 'wildcard':
      return `${query.field}:${query.value}`;
    case 'regexp':
      return `${query.field}:/${query.value}/`;
    case 'fuzzy':
      return `${query.field}:${query.value}~${query.fuzziness ?? 'AUTO'}`;
    case 'range': {
      const lower = query.gte ?? query.gt ?? '*';
      const upper = query.lte ?? query.lt ?? '*';
      return `${query.field}:${query.gt === undefined ? '[' : '{'}${lower} TO ${upper}${query.lt === undefined ? ']' : '}'}`;
    }
    case 'disMax':
      return `(${query.queries.map(show).join(' | ')})`;
    case 'bool': {
      const nested = (inner: Query): string =>
        inner.type === 'bool' && inner.boost === undefined ? `(${show(inner)})` : show(inner);
      const shown = [
        ...query.must.map((inner) => `+${nested(inner)}`),
        ...query.should.map(nested),
        ...query.mustNot.map((inner) => `-${nested(inner)}`),
      ].join(' ');
      return query.minimumShouldMatch === undefined ? shown : `(${shown})~${query.minimumShouldMatch}`;
    }
    default:
      return query.type;
  }
}

describe('the query string language means what it means to the real product', () => {
  // compat: the meanings are those that Elasticsearch 7.10.2 explained; required clauses are shown first here.
  const cases: readonly [query: string, meaning: string][] = [
    ['a b', 't:a b'],
    ['a AND b OR c', '+t:a +t:b t:c'],
    ['a OR b AND c', '+t:b +t:c t:a'],
    ['+a -b c', '+t:a t:c -t:b'],
    ['a && b || !c', '+t:a +t:b -t:c'],
    ['NOT a', '-t:a'],
    ['a NOT b', 't:a -t:b'],
    ['a AND NOT b', '+t:a -t:b'],
    ['(a OR b) AND c', '+(t:a t:b) +t:c'],
    ['(a b) c', 't:a b t:c'],
    ['a b AND c d', '+t:b +t:c t:a t:d'],
    ['"a b"~2', 't:"a b"~2'],
    ['k:"A b"', 'k:A b'],
    ['title:(a b)', 'title:a b'],
    ['title:(a AND b)^2', '(+title:a +title:b)^2'],
    ['a^2 b', '(t:a)^2 t:b'],
    ['n:[1 TO 5}', 'n:[1 TO 5}'],
    ['n:>5', 'n:{5 TO *]'],
    ['n:<=5', 'n:[* TO 5]'],
    ['n:(>=5 AND <10)', '+n:[5 TO *] +n:[* TO 10}'],
    ['d:[2024-01-01 TO *]', 'd:[2024-01-01 TO *]'],
    ['d:{* TO "now-1d"}', 'd:[* TO now-1d}'],
    ['_exists_:k', 'exists(k)'],
    ['*:*', '*:*'],
    ['*', 'exists(t)'],
    ['k:*', 'exists(k)'],
    ['A*', 't:a*'],
    ['k:A*', 'k:A*'],
    ['*b', 't:*b'],
    ['Qu*k Br?wn*', 't:qu*k t:br?wn*'],
    ['/ab.*c/', 't:/ab.*c/'],
    ['k:/A\\/b/', 'k:/A\\/b/'],
    ['Roam~', 't:roam~AUTO'],
    ['roams~2', 't:roams~2'],
    ['roam~0.8', 't:roam~0'],
    ['\\(1\\+1\\)\\=2', 't:(1+1)=2'],
    ['k:a\\ b', 'k:a b'],
    ['ip:10.0.0.0\\/8', 'ip:10.0.0.0/8'],
    ['nope:x', 'none'],
    ['a nope:x', 't:a none'],
    ['b:true', 'b:true'],
    ['quick-fox', 't:quick-fox'],
    ['title.keyword:X', 'title.keyword:X'],
    ['o.\\*:x', 'o.x:x'],
    ['_id:1', 'ids(1)'],
    ['k:(a b)', 'k:a b'],
    ['k:(a OR b)', 'k:a k:b'],
    ['""', 'none'],
    ['  ', 'none'],
  ];
  test.each(cases)('%s', (query, meaning) => {
    expect(show(parse(query, { defaultField: 't' }))).toBe(meaning);
  });

  const fieldCases: readonly [query: string, options: Partial<QueryStringQuery>, meaning: string][] = [
    ['a b', { fields: ['t', 'title^2'] }, '(t:a b | (title:a b)^2)'],
    ['a b', { fields: ['t', 'k'] }, '(t:a b | k:a b)'],
    ['a b', { fields: ['t', 'title'], defaultOperator: 'and' }, '(t:a b& | title:a b&)'],
    ['a OR +b', { defaultField: 't', defaultOperator: 'and' }, 't:a t:b'],
    ['a OR b', { fields: ['t', 'title'], defaultOperator: 'and' }, '(t:a | title:a) (t:b | title:b)'],
    ['a b c +d', { defaultField: 't', minimumShouldMatch: '2' }, '(+t:d t:a t:b t:c)~2'],
    ['a b AND c d', { defaultField: 't', defaultOperator: 'and' }, '+t:a +t:b +t:c +t:d'],
    ['"a b"', { fields: ['t', 'k^3'] }, '(t:"a b" | (k:a b)^3)'],
    ['x*', { fields: ['t', 'n'], lenient: true }, '(t:x* | none)'],
    ['/x/', { fields: ['t', 'ip'], lenient: true }, '(t:/x/ | none)'],
    ['+k:x', { defaultField: 't', minimumShouldMatch: '2' }, '(+k:x)~2'],
    ['x', { fields: ['ti*'] }, '(title:x | title.keyword:x)'],
    ['x', { fields: ['zz*'] }, 'none'],
    ['*', {}, '*:*'],
    ['*', { fields: ['*', '*.*'] }, '*:*'],
    ['d:2024-01-01', { timeZone: '+01:00' }, 'd:[2024-01-01 TO 2024-01-01]'],
  ];
  test.each(fieldCases)('%s with %j', (query, options, meaning) => {
    expect(show(parse(query, options))).toBe(meaning);
  });

  test('a text without a field is looked for in every field that can hold it', () => {
    const query = parse('x');
    if (query.type !== 'disMax') throw new Error(query.type);
    const fields = query.queries.map((inner) => ('field' in inner ? inner.field : inner.type));
    expect(fields).toEqual(['b', 'd', 'ip', 'k', 'n', 'o.x', 't', 'title', 'title.keyword']);
    expect(query.queries.every((inner) => inner.type === 'match' && inner.lenient)).toBe(true);
  });
});

describe('what does not follow the grammar is refused with its place', () => {
  const cases: readonly [query: string, problem: string][] = [
    ['a AND', 'Encountered "<EOF>" at line 1, column 5.'],
    ['(a', 'Encountered "<EOF>" at line 1, column 2.'],
    ['a)', 'Encountered ")" at line 1, column 1.'],
    ['()', 'Encountered ")" at line 1, column 1.'],
    ['AND a', 'Encountered "AND" at line 1, column 0.'],
    [':a', 'Encountered ":" at line 1, column 0.'],
    ['a:b:c', 'Encountered ":" at line 1, column 3.'],
    ['++a', 'Encountered "+" at line 1, column 1.'],
    ['field:', 'Encountered "<EOF>" at line 1, column 6.'],
    ['^2', 'Encountered "^2" at line 1, column 0.'],
    ['"a', 'Lexical error at line 1, column 1.  Encountered: ""a"'],
    ['n:[1 5]', 'Lexical error at line 1, column 3.  Encountered: "[1 5]"'],
    ['a \\', 'Lexical error at line 1, column 3.  Encountered: "\\"'],
    ['('.repeat(5000), 'more than 200 parentheses deep'],
  ];
  test.each(cases)('%.20s', (query, problem) => {
    try {
      parse(query, { defaultField: 't' });
    } catch (error) {
      if (!isDaybookError(error, 'invalid-argument')) throw error;
      expect(error.message).toBe(`Failed to parse query [${query}]`);
      expect(error.detail).toMatchObject({
        reason: 'query_shard_exception',
        causedBy: { type: 'parse_exception', reason: `Cannot parse '${query}': ${problem}` },
      });
      return;
    }
    throw new Error('the query was taken');
  });

  test('a leading wildcard is refused where it is not allowed', () => {
    expect(() => parse('*b', { defaultField: 't', allowLeadingWildcard: false })).toThrow('Failed to parse query [*b]');
    expect(show(parse('a*b', { defaultField: 't', allowLeadingWildcard: false }))).toBe('t:a*b');
  });
});

describe('simple_query_string never fails', () => {
  const cases: readonly [query: string, meaning: string, options?: Partial<QueryStringQuery>][] = [
    ['a b', 't:a t:b'],
    ['a + b', '+t:a +t:b'],
    ['a | b + c', '+(t:a t:b) +t:c'],
    ['a +b -c', '(+t:a +t:b) (*:* -t:c)'],
    ['-c', '*:* -t:c'],
    ['a | -!', 't:a'],
    ['"a b"~2 C*', '(t:"a b"~2 | (title:"a b"~2)^2) (t:c* | (title:c*)^2)', { fields: ['t', 'title^2'] }],
    ['roam~1 (a b)', 't:roam~1 (t:a t:b)'],
    ['roam~ roam~0 roam~9 roam~x', 't:roam~2 t:roam t:roam~2 t:roam'],
    ['a b', '+t:a +t:b', { defaultOperator: 'and' }],
    ['"unclosed', 't:unclosed'],
    ['(a', 't:a'],
    ['a)', 't:a'],
    ['a -(b c) d', '+t:a +(*:* -(+t:b +t:c)) +t:d', { defaultOperator: 'and' }],
    ['a b c', '(t:a t:b t:c)~2', { minimumShouldMatch: '2' }],
    ['a\\|b', 't:a|b'],
    ['', 'none'],
    ['+ | -', 'none'],
    ['((((', 'none'],
    ['\\', 'none'],
  ];
  test.each(cases)('%s', (query, meaning, options = {}) => {
    expect(show(parse(query, { type: 'simpleQueryString', fields: ['t'], ...options }))).toBe(meaning);
  });
});

test('any text is a query or is refused with a reason', () => {
  const piece = fc.constantFrom(
    ...'ab*?~^:()[]{}"\\/+-!&|<> ',
    ' AND ',
    ' OR ',
    'NOT ',
    ' TO ',
    'n:',
    'd:',
    'ip:',
    '_exists_:',
    '2',
    '\\u0041',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('queryString', 'simpleQueryString'), (query, type) => {
      try {
        expect(parse(query, { type }).type).toBeTypeOf('string');
      } catch (error) {
        if (!isDaybookError(error, 'invalid-argument') || type === 'simpleQueryString') throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
