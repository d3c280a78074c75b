import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createFaultInjectingFileSystem } from '@daybook/durable-log';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Query } from '../query/query.ts';
import type { SearchRequest } from '../search/search.ts';
import type { SortKey } from '../sort/sort-key.ts';
import type { Engine, Index, IndexDefinition } from './engine.ts';
import { openEngine } from './open-engine.ts';

const DEFINITION: IndexDefinition = {
  mappings: {
    properties: {
      status: { type: 'keyword' },
      labels: { type: 'keyword' },
      number: { type: 'double' },
      text: { type: 'text', analyzer: 'whitespace' },
    },
  },
  settings: {},
  aliases: {},
};

interface Job {
  readonly status?: string;
  readonly labels?: readonly string[];
  readonly number?: number | readonly number[];
  readonly text?: string;
}

type Step =
  | { readonly type: 'put'; readonly id: string; readonly job: Job }
  | { readonly type: 'delete'; readonly id: string }
  | { readonly type: 'commit' | 'flush' | 'reopen' | 'crash' }
  /** What was not synced is lost, but for this share of it. */
  | { readonly type: 'cut-power'; readonly kept: number }
  | { readonly type: 'search'; readonly query: Query; readonly sort: SortKey };

const id = fc.integer({ min: 0, max: 40 }).map(String);
const status = fc.constantFrom('submitted', 'running', 'succeeded', 'failed', 'Ünïcode', '😀', '');
const label = fc.integer({ min: 0, max: 12 }).map((number) => `label-${number}`);
const number = fc.integer({ min: -5, max: 5 });
const word = fc.constantFrom('disk', 'full', 'worker', 'lost', 'again');

const job: fc.Arbitrary<Job> = fc.record(
  {
    status,
    labels: fc.array(label, { maxLength: 4 }),
    number: fc.oneof(number, fc.array(number, { maxLength: 3 })),
    text: fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** What makes up most of a checkpoint and does not change: the next one refers to it. */
const LARGE: Job = { labels: Array.from({ length: 20 }, (_, at) => `large-${at}`.padEnd(2000, '.')) };

const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.constant<Query>({ type: 'matchAll' }),
  status.map((value): Query => ({ type: 'term', field: 'status', value })),
  label.map((value): Query => ({ type: 'term', field: 'labels', value })),
  fc.array(label, { maxLength: 4 }).map((values): Query => ({ type: 'terms', field: 'labels', values })),
  fc.tuple(number, number).map(([gte, lt]): Query => ({ type: 'range', field: 'number', gte, lt })),
  number.map((gt): Query => ({ type: 'range', field: 'number', gt })),
  fc.tuple(label, label).map(([gt, lte]): Query => ({ type: 'range', field: 'labels', gt, lte })),
  fc.constantFrom('status', 'labels', 'number').map((field): Query => ({ type: 'exists', field })),
  fc.constantFrom('label-1', 'l', '').map((value): Query => ({ type: 'prefix', field: 'labels', value })),
  fc.constantFrom('*-1*', 'label-?', '*').map((value): Query => ({ type: 'wildcard', field: 'labels', value })),
  fc.array(id, { maxLength: 5 }).map((values): Query => ({ type: 'ids', values })),
  fc
    .tuple(word, word, fc.constantFrom<'and' | 'or'>('and', 'or'))
    .map(([a, b, operator]): Query => ({ type: 'match', field: 'text', query: `${a} ${b}`, operator })),
  fc.tuple(word, word).map(([a, b]): Query => ({ type: 'matchPhrase', field: 'text', query: `${a} ${b}` })),
);

const query: fc.Arbitrary<Query> = fc.oneof(
  leaf,
  fc.record({
    type: fc.constant('bool' as const),
    must: fc.array(leaf, { maxLength: 2 }),
    filter: fc.array(leaf, { maxLength: 2 }),
    should: fc.array(leaf, { maxLength: 3 }),
    mustNot: fc.array(leaf, { maxLength: 2 }),
  }),
);

const sort: fc.Arbitrary<SortKey> = fc.record({
  field: fc.constantFrom('number', 'status', 'labels'),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  missing: fc.constantFrom('_first' as const, '_last' as const),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(id, job).map(([each, source]): Step => ({ type: 'put', id: each, job: source })) },
  { weight: 3, arbitrary: id.map((each): Step => ({ type: 'delete', id: each })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>({ type: 'commit' }, { type: 'flush' }, { type: 'reopen' }, { type: 'crash' }),
  },
  {
    weight: 1,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((kept): Step => ({ type: 'cut-power', kept })),
  },
  { weight: 8, arbitrary: fc.tuple(query, sort).map(([of, by]): Step => ({ type: 'search', query: of, sort: by })) },
);

test('any run of writes, restarts, crashes and power cuts finds what a scan of the sources finds', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 80 }), async (steps) => {
      const root = await mkdtemp(join(tmpdir(), 'search-engine-model-'));
      const run = new Run(root);
      try {
        await run.start();
        for (const each of steps) await run.take(each);
      } finally {
        await run.stop();
        await rm(root, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
});

const EVERYTHING: SearchRequest = {
  query: { type: 'matchAll' },
  from: 0,
  size: 100,
  sort: [],
  trackScores: false,
  aggregations: {},
};

class Run {
  readonly #root: string;
  #model: Map<string, Job> = new Map();
  /** What a power cut may lead back to: the state at the last commit, and after each write since. */
  #possible: Map<string, Job>[] = [new Map()];
  #disk = createFaultInjectingFileSystem();
  #directory: string;
  #generation = 0;
  #engine: Engine | undefined;

  constructor(root: string) {
    this.#root = root;
    this.#directory = join(root, '0');
  }

  async start(): Promise<void> {
    await this.#open();
    await this.#engine!.createIndex('jobs', DEFINITION);
    await this.take({ type: 'put', id: 'large', job: LARGE });
    await this.take({ type: 'flush' });
  }

  async stop(): Promise<void> {
    await this.#engine?.close();
  }

  async take(next: Step): Promise<void> {
    switch (next.type) {
      case 'put':
        this.#index.write({ type: 'index', id: next.id, source: Buffer.from(JSON.stringify(next.job)) });
        this.#model.set(next.id, next.job);
        this.#possible.push(new Map(this.#model));
        return;
      case 'delete':
        expect(this.#index.write({ type: 'delete', id: next.id }).result).toBe(
          this.#model.delete(next.id) ? 'deleted' : 'not_found',
        );
        this.#possible.push(new Map(this.#model));
        return;
      case 'commit':
        await this.#engine!.commit();
        return this.#isDurable();
      case 'flush':
        await this.#engine!.flush();
        return this.#isDurable();
      case 'reopen':
        await this.#engine!.close();
        this.#isDurable();
        return this.#open();
      case 'crash':
        await this.#crash();
        return this.#isDurable();
      case 'cut-power':
        return this.#cutPower(next.kept);
      case 'search':
        await this.#compare(next.query, next.sort);
    }
  }

  get #index(): Index {
    return this.#engine!.index('jobs')!;
  }

  async #open(): Promise<void> {
    this.#engine = await openEngine({
      directory: this.#directory,
      checkpointRecords: 25,
      segmentBytes: 2000,
      lazyFromBytes: 0,
      fileSystem: this.#disk,
    });
  }

  #isDurable(): void {
    this.#possible = [new Map(this.#model)];
  }

  async #cutPower(kept: number): Promise<void> {
    this.#disk.cutPower((unsyncedBytes) => Math.floor(unsyncedBytes * kept));
    await this.#engine!.close().catch(() => undefined);
    await this.#open();
    const found = new Map<string, Job>();
    for (const hit of (await this.#engine!.search([this.#index], EVERYTHING)).hits) {
      found.set(hit.id, JSON.parse(Buffer.from(hit.source()).toString()));
    }
    const survived = this.#possible.find((state) => isDeepStrictEqual(state, found));
    expect(survived, 'a state since the last commit').toBeDefined();
    this.#model = found;
    this.#isDurable();
  }

  /** Goes on with a copy of what a commit has put on disk. */
  async #crash(): Promise<void> {
    await this.#engine!.commit();
    const copy = join(this.#root, String(++this.#generation));
    await cp(this.#directory, copy, { recursive: true, filter: (path) => !path.endsWith('.tmp') });
    await rm(join(copy, 'lock'), { force: true });
    await this.#engine!.close();
    this.#directory = copy;
    await this.#open();
  }

  async #compare(of: Query, by: SortKey): Promise<void> {
    const request: SearchRequest = {
      query: of,
      from: 0,
      size: 100,
      sort: [by, { field: '_id', direction: 'asc' }],
      trackScores: false,
      aggregations: {},
    };
    const result = await this.#engine!.search([this.#index], request);
    const expected = [...this.#model].filter(([each, source]) => matches(of, each, source));
    const found = result.hits.map((hit) => hit.id);
    expect(found.toSorted()).toEqual(expected.map(([each]) => each).sort());
    expect(result.total).toBe(expected.length);
    for (const hit of result.hits) {
      expect(JSON.parse(Buffer.from(hit.source()).toString())).toEqual(this.#model.get(hit.id));
    }
    const inOrder = expected.toSorted(
      ([a, jobA], [b, jobB]) => compareBy(by, jobA, jobB) || Buffer.compare(Buffer.from(a), Buffer.from(b)),
    );
    expect(found).toEqual(inOrder.map(([each]) => each));
    const [first] = result.hits;
    if (first === undefined) return;
    const rest = await this.#engine!.search([this.#index], { ...request, searchAfter: first.sort });
    expect(rest.hits.map((hit) => hit.id)).toEqual(found.slice(1));
  }
}

function compareBy({ field, direction, missing }: SortKey, a: Job, b: Job): number {
  const pick = (values: readonly (string | number)[]) => {
    const sorted = values.toSorted(compareValues);
    return direction === 'asc' ? sorted[0] : sorted.at(-1);
  };
  const [first, second] = [pick(valuesOf(field, a)), pick(valuesOf(field, b))];
  if (first === undefined || second === undefined) {
    if (first === second) return 0;
    return (first === undefined) === (missing === '_first') ? -1 : 1;
  }
  return compareValues(first, second) * (direction === 'asc' ? 1 : -1);
}

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function valuesOf(field: string, { status: one, labels, number: numbers }: Job): readonly (string | number)[] {
  if (field === 'status') return one === undefined ? [] : [one];
  if (field === 'labels') return labels ?? [];
  return numbers === undefined ? [] : typeof numbers === 'number' ? [numbers] : numbers;
}

/** What the query means, on the source alone. */
function matches(of: Query, each: string, source: Job): boolean {
  const inner = (other: Query) => matches(other, each, source);
  switch (of.type) {
    case 'matchAll':
      return true;
    case 'term':
      return valuesOf(of.field, source).includes(of.value as string);
    case 'terms':
      return valuesOf(of.field, source).some((value) => of.values.includes(value));
    case 'range':
      return valuesOf(of.field, source).some(
        (value) =>
          (of.gt === undefined || value > of.gt) &&
          (of.gte === undefined || value >= of.gte) &&
          (of.lt === undefined || value < of.lt) &&
          (of.lte === undefined || value <= of.lte),
      );
    case 'exists':
      return valuesOf(of.field, source).length > 0;
    case 'prefix':
      return valuesOf(of.field, source).some((value) => String(value).startsWith(of.value));
    case 'wildcard': {
      const pattern = new RegExp(`^${of.value.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
      return valuesOf(of.field, source).some((value) => pattern.test(String(value)));
    }
    case 'ids':
      return of.values.includes(each);
    case 'match': {
      const words = (source.text ?? '').split(' ');
      const wanted = String(of.query).split(' ');
      return of.operator === 'and'
        ? wanted.every((one) => words.includes(one))
        : wanted.some((one) => words.includes(one));
    }
    case 'matchPhrase':
      return ` ${source.text ?? ''} `.includes(` ${of.query} `);
    case 'bool':
      return (
        of.must.every(inner) &&
        of.filter.every(inner) &&
        !of.mustNot.some(inner) &&
        (of.must.length + of.filter.length > 0 || of.should.length === 0 || of.should.some(inner))
      );
    default:
      throw new Error(`the model does not know ${of.type}`);
  }
}
