import { describe, expect, test } from 'vitest';
import { type Endpoint, endpoint } from './endpoint.ts';
import { negotiate } from './media-type.ts';
import { buildOriginPolicy } from './origin-policy.ts';
import { parseParameters } from './parameters.ts';
import { buildRouter } from './router.ts';
import { parseTimeMs } from './time-value.ts';

const named = (...routes: string[]): Endpoint => endpoint({ routes, parameters: {}, handle: () => ({ body: routes }) });

describe('the router', () => {
  const search = named('GET /_search', 'GET /{index}/_search');
  const index = named('PUT /{index}', 'HEAD /{index}');
  const alias = named('GET /{index}/_alias/{name}');
  const router = buildRouter([search, index, alias]);

  test('a literal segment goes before a placeholder, with a way back', () => {
    expect(router.match('GET', '/_search')).toMatchObject({ endpoint: search, parts: {} });
    expect(router.match('PUT', '/_search')).toMatchObject({ endpoint: index, parts: { index: '_search' } });
  });

  test('placeholders are decoded, slashes at the end do not count', () => {
    expect(router.match('GET', '/a%2Cb/_alias/x%2F/')).toMatchObject({ parts: { index: 'a,b', name: 'x/' } });
    expect(router.match('GET', '/%E0%A4/_search')).toMatchObject({ parts: { index: '%E0%A4' } });
  });

  test('HEAD is served by GET where it has no route of its own', () => {
    expect(router.match('HEAD', '/_search')).toMatchObject({ endpoint: search });
  });

  test('a path that has other methods says which', () => {
    expect(router.match('DELETE', '/x')).toEqual({ allowed: ['HEAD', 'PUT'] });
    expect(router.match('GET', '/a/b/c/d')).toEqual({ allowed: [] });
  });
});

test.each([
  [undefined, 'application/json; charset=UTF-8', true, true],
  ['application/json', 'application/json; charset=UTF-8', true, false],
  ['application/json, text/plain', 'application/json; charset=UTF-8', true, true],
  [
    'application/vnd.elasticsearch+json; compatible-with=8,text/plain',
    'application/vnd.elasticsearch+json;compatible-with=8',
    false,
    true,
  ],
  [
    'application/vnd.elasticsearch+json;compatible-with=7',
    'application/vnd.elasticsearch+json;compatible-with=7',
    true,
    false,
  ],
  [
    'application/vnd.elasticsearch+json; compatible-with=9',
    'application/vnd.elasticsearch+json;compatible-with=9',
    false,
    false,
  ],
])('Accept %s is answered', (accept, answerType, typed, wantsText) => {
  expect(negotiate(accept, undefined)).toEqual({ answerType, typed, wantsText });
});

test.each([
  ['30s', 30_000],
  ['1m', 60_000],
  ['500ms', 500],
  ['2D', 172_800_000],
  ['-1', -1],
  ['0', 0],
])('the time %s is %d ms', (text, ms) => {
  expect(parseTimeMs(text, 'x')).toBe(ms);
});

test.each(['x', '', '1M', '5', '1 week', '1constructor'])('the time %j is refused', (text) => {
  expect(() => parseTimeMs(text, 'scroll')).toThrow(
    `failed to parse setting [scroll] with value [${text}] as a time value: unit is missing or unrecognized`,
  );
});

test.each([
  ['1.5h', 'failed to parse [1.5h], fractional time values are not supported'],
  ['-2s', 'failed to parse setting [scroll] with value [-2s] as a time value: negative durations are not supported'],
  [`${'9'.repeat(20)}s`, `failed to parse [${'9'.repeat(20)}s], fractional time values are not supported`],
])('the time %s is refused in words of its own', (text, message) => {
  expect(() => parseTimeMs(text, 'scroll')).toThrow(message);
});

describe('query parameters', () => {
  const kinds = {
    size: 'integer',
    flag: 'boolean',
    list: 'list',
    version: 'long',
    shards: 'activeShards',
    rate: 'requestsPerSecond',
    q: 'string',
    df: 'string',
  } as const;
  const parse = (query: string): unknown => parseParameters(kinds, new URLSearchParams(query), '/x');

  test('values are read by their kinds', () => {
    expect(parse('size=3&flag&list=a,b&pretty&filter_path=x')).toEqual({ size: 3, flag: true, list: ['a', 'b'] });
    expect(parse('size=-2147483648&version=9999999999&shards=all&rate=-1&q=x&df=t')).toEqual({
      size: -2_147_483_648,
      version: 9_999_999_999,
      shards: 'all',
      rate: Number.POSITIVE_INFINITY,
      q: 'x',
      df: 't',
    });
  });

  test.each([
    ['size=x', 'Failed to parse int parameter [size] with value [x]'],
    ['flag=maybe', 'Failed to parse value [maybe] as only [true] or [false] are allowed.'],
    ['sice=1', 'request [/x] contains unrecognized parameter: [sice] -> did you mean [size]?'],
    ['b=1&a=1', 'request [/x] contains unrecognized parameters: [a], [b]'],
    ['size=2147483648', 'Failed to parse int parameter [size] with value [2147483648]'],
    ['size=1e1', 'Failed to parse int parameter [size] with value [1e1]'],
    ['size=%201', 'Failed to parse int parameter [size] with value [ 1]'],
    ['version=9223372036854775808', 'Failed to parse long parameter [version] with value [9223372036854775808]'],
    ['shards=few', 'cannot parse ActiveShardCount[few]'],
    ['shards=-1', 'shard count cannot be a negative value'],
    ['rate=0', '[rate] must be a float greater than 0. Use -1 to disable throttling.'],
    ['df=t', 'request [/x] contains unrecognized parameter: [df]'],
    ['constructor=1', 'request [/x] contains unrecognized parameter: [constructor]'],
  ])('%s is refused', (query, reason) => {
    expect(() => parse(query)).toThrow(reason);
  });
});

describe('who may ask', () => {
  const policy = buildOriginPolicy({ host: '127.0.0.1', allowedHosts: ['db'], corsOrigins: ['https://ok.example'] });

  test.each([
    [undefined, true],
    ['localhost:9200', true],
    ['sub.localhost', true],
    ['127.9.9.9', true],
    ['[::1]:9200', true],
    ['192.168.1.5:9200', true],
    ['DB:9200', true],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['not a host', false],
  ])('the host %s is allowed: %s', (host, allowed) => {
    expect(policy.allowsHost(host)).toBe(allowed);
  });

  test.each([
    ['http://localhost:3000', true],
    ['http://127.0.0.1', true],
    ['https://[::1]:8443', true],
    ['https://ok.example', true],
    ['http://ok.example', false],
    ['null', false],
    ['http://192.168.1.5', false],
    ['file://localhost', false],
  ])('the origin %s is allowed: %s', (origin, allowed) => {
    expect(policy.allowsOrigin(origin)).toBe(allowed);
  });
});
