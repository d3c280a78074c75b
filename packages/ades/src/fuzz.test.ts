import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployBody, executeBody } from './testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from './testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeAll(async () => {
  test = await startTestAdes();
  process = await test.deployL1b();
});
afterAll(() => test.close());

/** Every place in a JSON value, as a path. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => places(member, [...path, name]))];
}

/** The value with another one at a place. */
function replaceAt(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement;
  const members = Object.entries(value as object).map(([each, member]) => [
    each,
    each === name ? replaceAt(member, rest, replacement) : member,
  ]);
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

const mutations = (body: unknown) =>
  fc
    .tuple(fc.constantFrom(...places(body)), fc.jsonValue({ maxDepth: 3 }))
    .map(([place, value]) => replaceAt(body, place, value));

it('answers any mutation of an execute or deploy body with 201 or a reason, and never with a fault of its own', async () => {
  const requests = fc.oneof(
    mutations(executeBody()).map((body) => ['POST', `/processes/${process}/jobs`, body] as const),
    mutations({ inputs: executeBody().inputs }).map(
      (body) => ['POST', `/processes/${process}/execution`, body] as const,
    ),
    mutations(deployBody('fuzzed')).map((body) => ['POST', '/processes', body] as const),
    mutations(deployBody('fuzzed')).map((body) => ['PUT', `/processes/${process}`, body] as const),
  );
  await fc.assert(
    fc.asyncProperty(requests, async ([method, url, body]) => {
      const answer = await test.call(method, url, body);
      expect([201, 204, 400, 409], answer.body).toContain(answer.statusCode);
      if (answer.statusCode >= 400) expect(answer.json().detail.length).toBeGreaterThan(10);
    }),
    { numRuns: 300 },
  );
});

it('answers any path and query with JSON, and never with a fault of its own', async () => {
  const segment = fc.oneof(
    fc.constantFrom(
      'processes',
      'jobs',
      'outputs',
      'results',
      'execution',
      'package',
      process,
      '..',
      '%2e%2e',
      '%zz',
      '%00',
    ),
    fc.string({ maxLength: 8 }).map(encodeURIComponent),
  );
  const query = fc.tuple(
    fc.constantFrom('limit', 'offset', 'status', 'label', 'datetime', 'minDuration', 'w', 'after'),
    fc.oneof(fc.string({ maxLength: 8 }), fc.integer().map(String)),
  );
  const url = fc
    .tuple(fc.array(segment, { maxLength: 5 }), fc.array(query, { maxLength: 3 }))
    .map(([segments, parameters]) => `/${segments.join('/')}?${new URLSearchParams(parameters)}`);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'DELETE'), url, async (method, path) => {
      if (method === 'DELETE' && path.startsWith(`/processes/${process}?`)) return;
      const answer = await test.call(method, path);
      expect([200, 400, 404, 405], `${path} ${answer.body}`).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toMatch(/json/);
    }),
    { numRuns: 500 },
  );
});
