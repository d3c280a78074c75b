import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregationResult, CompositeAggregation } from '../aggregation.ts';
import { aggregationError, tooMuchData } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import type { PlanContext } from '../field-source.ts';
import { checkBuckets, type ResultBuilder } from '../result-builder.ts';
import { type BucketCollector, type SubAggregators, SubFeed, subResults } from '../sub-aggregations.ts';
import { type KeyPart, PlannedSource } from './composite-source.ts';
import { Top } from './select-top.ts';

type Key = readonly KeyPart[];

/** Of the values of one document, which are looked at without a pause. */
const MAX_COMBINATIONS = 2 ** 20;

interface Kept {
  readonly key: Key;
  readonly bucket: number;
  docCount: number;
}

/** Below each first part of a key the second ones, and so on; what is kept below the last. */
type PartsTree = Map<KeyPart, PartsTree | Kept>;

/** A bucket for each combination of values of several sources, in the order of the combinations; pages go on behind `after`. */
export class CompositeAggregator implements Aggregator<CompositeCollector> {
  readonly #request: CompositeAggregation;
  readonly #below: SubAggregators;
  readonly #sources: readonly PlannedSource[];
  readonly #after: Key | undefined;

  constructor(request: CompositeAggregation, below: SubAggregators, context: PlanContext) {
    checkBuckets(request.size, context.maxBuckets, request.size);
    this.#request = request;
    this.#below = below;
    this.#sources = request.sources.map((source) => new PlannedSource(source, context));
    this.#after = request.after && this.#sources.map((source) => source.parse(valueOfAfter(request, source.name)));
  }

  collector(index: AggregatedIndex): CompositeCollector {
    return new CompositeCollector(this.#sources, this.#request.size, this.#after, this.#below, index);
  }

  *result(parts: readonly Part<CompositeCollector>[], results: ResultBuilder): Steps<AggregationResult> {
    const { size, meta } = this.#request;
    const merged = new Map<string, { key: Key; docCount: number; parts: Part<CompositeCollector>[] }>();
    for (const { collector } of parts) {
      yield* visitInSteps(collector.kept(), ({ key, docCount, bucket }) => {
        const id = JSON.stringify(key);
        const entry = merged.get(id) ?? { key, docCount: 0, parts: [] };
        merged.set(id, entry);
        entry.docCount += docCount;
        entry.parts.push({ collector, bucket });
      });
    }
    const sorted = yield* sortInSteps(merged.values(), (a, b) => compareKeys(this.#sources, a.key, b.key));
    const shown = sorted.slice(0, size);
    results.addBuckets(shown.length);
    const buckets = yield* mapInSteps(shown, (entry) => ({
      key: Object.fromEntries(this.#sources.map((source, at) => [source.name, source.show(entry.key[at]!)])),
      docCount: entry.docCount,
      aggregations: subResults(this.#below, entry.parts, results),
    }));
    const afterKey = buckets.at(-1)?.key;
    return {
      type: 'composite',
      of: 'composite',
      buckets,
      ...(afterKey === undefined ? {} : { afterKey }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

function valueOfAfter({ after }: CompositeAggregation, name: string): string | number | boolean | null {
  const value = after?.[name];
  if (value !== undefined) return value;
  throw aggregationError(`Missing value for [after.${name}]`);
}

function compareKeys(sources: readonly PlannedSource[], a: Key, b: Key): number {
  for (const [at, source] of sources.entries()) {
    const order = source.compare(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return 0;
}

class CompositeCollector implements BucketCollector {
  readonly feed: SubFeed;
  readonly #sources: readonly PlannedSource[];
  readonly #readers: readonly ((doc: number) => readonly KeyPart[])[];
  readonly #after: Key | undefined;
  readonly #kept: PartsTree = new Map();
  readonly #first: Top<Kept>;
  #buckets = 0;

  constructor(
    sources: readonly PlannedSource[],
    size: number,
    after: Key | undefined,
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.#sources = sources;
    this.#readers = sources.map((source) => source.reader(index));
    this.#after = after;
    this.#first = new Top(size, (a, b) => compareKeys(sources, a.key, b.key));
  }

  kept(): Iterable<Kept> {
    return leavesOf(this.#kept);
  }

  collect({ chunk, offsets, count }: DocBatch): void {
    const key: KeyPart[] = [];
    const combine = (parts: readonly (readonly KeyPart[])[], offset: number, at: number): void => {
      if (at === parts.length) {
        this.#add(key, chunk, offset);
        return;
      }
      for (const part of parts[at]!) {
        key[at] = part;
        combine(parts, offset, at + 1);
      }
    };
    for (let i = 0; i < count; i++) {
      const doc = chunk * CHUNK_DOCS + offsets[i]!;
      const parts = this.#readers.map((read) => read(doc));
      checkCombinations(parts.reduce((product, { length }) => product * length, 1));
      combine(parts, offsets[i]!, 0);
    }
    this.feed.flush();
  }

  #add(key: Key, chunk: number, offset: number): void {
    const kept = this.#find(key) ?? this.#start(key);
    if (kept === undefined) return;
    kept.docCount++;
    this.feed.push(chunk, offset, kept.bucket);
  }

  #find(key: Key): Kept | undefined {
    let found: PartsTree | Kept | undefined = this.#kept;
    for (const part of key) found = (found as PartsTree | undefined)?.get(part);
    return found as Kept | undefined;
  }

  /** Undefined for a key that is not among the first. */
  #start(key: Key): Kept | undefined {
    if (this.#after !== undefined && compareKeys(this.#sources, key, this.#after) <= 0) return undefined;
    const { last } = this.#first;
    if (last !== undefined && compareKeys(this.#sources, key, last.key) > 0) return undefined;
    const kept = { key: [...key], bucket: this.#buckets++, docCount: 0 };
    plant(this.#kept, kept, 0);
    const out = this.#first.offer(kept);
    if (out !== undefined) uproot(this.#kept, out.key, 0);
    return kept;
  }
}

function checkCombinations(count: number): void {
  if (count <= MAX_COMBINATIONS) return;
  throw tooMuchData(`the values of one document have [${count}] combinations, the limit is [${MAX_COMBINATIONS}]`);
}

function* leavesOf(tree: PartsTree): Iterable<Kept> {
  for (const branch of tree.values()) {
    if (branch instanceof Map) yield* leavesOf(branch);
    else yield branch;
  }
}

function plant(tree: PartsTree, kept: Kept, at: number): void {
  const part = kept.key[at]!;
  if (at === kept.key.length - 1) {
    tree.set(part, kept);
    return;
  }
  const branch = (tree.get(part) as PartsTree | undefined) ?? new Map();
  tree.set(part, branch);
  plant(branch, kept, at + 1);
}

function uproot(tree: PartsTree, key: Key, at: number): void {
  const part = key[at]!;
  const branch = tree.get(part);
  if (branch instanceof Map) uproot(branch, key, at + 1);
  if (!(branch instanceof Map) || branch.size === 0) tree.delete(part);
}
