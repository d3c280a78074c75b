import { formatIpAddress, nextIpAddress, parseIpAddress, parseNetwork } from '../../mapping/field-types/ip-address.ts';
import type { AggregationResult, Bucket, IpRangeAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, DocBatch, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { ordinalValues, resolveField } from '../field-source.ts';
import { grownIntegers } from '../growable.ts';
import type { ResultBuilder } from '../result-builder.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed, subResults } from '../sub-aggregations.ts';
import type { OrdinalBatch } from '../value-batch.ts';
import { OrdinalGatherer } from '../value-batch.ts';

/** From inclusive, to exclusive, in the column's form; undefined is open. */
interface AddressRange {
  readonly key: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A bucket for each range of addresses. */
export class IpRangeAggregator implements Aggregator<IpRangeCollector> {
  readonly #request: IpRangeAggregation;
  readonly #source: FieldSource;
  readonly #below: SubAggregators;
  readonly #ranges: readonly AddressRange[];

  constructor(name: string, request: IpRangeAggregation, below: SubAggregators, context: PlanContext) {
    this.#request = request;
    this.#below = below;
    if (request.ranges.length === 0) throw aggregationError(`No [ranges] specified for the [${name}] aggregation`);
    this.#source = resolveField(request, context, { name: 'ip_range', numbersOnly: false, unmappedType: 'ip' });
    const { type } = this.#source;
    if (type !== undefined && type.type !== 'ip') {
      throw aggregationError(`Field [${type.path}] of type [${type.type}] is not supported for aggregation [ip_range]`);
    }
    this.#ranges = request.ranges
      .map(addressRange)
      .sort((a, b) => compareBounds(a.from, b.from, -1) || compareBounds(a.to, b.to, 1));
  }

  collector(index: AggregatedIndex): IpRangeCollector {
    return new IpRangeCollector(this.#ranges, this.#source, this.#below, index);
  }

  result(parts: readonly Part<IpRangeCollector>[], results: ResultBuilder): AggregationResult {
    const { keyed, meta } = this.#request;
    // compat: what stands in an empty bucket has no ranges.
    const ranges = parts.length === 0 ? [] : this.#ranges;
    results.addBuckets(ranges.length);
    return {
      type: 'buckets',
      of: 'ipRange',
      kind: 'string',
      keyed,
      buckets: ranges.map((range, at) => this.#bucket(range, at, parts, results)),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  #bucket(
    { key, from, to }: AddressRange,
    at: number,
    parts: readonly Part<IpRangeCollector>[],
    results: ResultBuilder,
  ): Bucket {
    const own = parts.map(({ collector, bucket }) => ({ collector, bucket: bucket * this.#ranges.length + at }));
    return {
      key,
      ...(from === undefined ? {} : { from: formatIpAddress(from) }),
      ...(to === undefined ? {} : { to: formatIpAddress(to) }),
      docCount: own.reduce((sum, { collector, bucket }) => sum + collector.docCount(bucket), 0),
      aggregations: subResults(this.#below, own, results),
    };
  }
}

function addressRange({ key, from, to, mask }: IpRangeAggregation['ranges'][number]): AddressRange {
  const bounds = mask === undefined ? { from: bound(from), to: bound(to) } : networkBounds(mask);
  const shown = (address: string | undefined): string => (address === undefined ? '*' : formatIpAddress(address));
  return { key: key ?? mask ?? `${shown(bounds.from)}-${shown(bounds.to)}`, ...bounds };
}

function bound(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const address = parseIpAddress(text);
  if (address === undefined) throw aggregationError(`'${text}' is not an IP string literal.`);
  return address;
}

/** compat: the bound is open where a network begins at the first address or ends at the last. */
function networkBounds(mask: string): { readonly from: string | undefined; readonly to: string | undefined } {
  const network = parseNetwork(mask);
  if (network === undefined) throw aggregationError(`Expected [ip/prefix] but was [${mask}]`);
  return { from: /^0*$/.test(network.first) ? undefined : network.first, to: nextIpAddress(network.last) };
}

/** `open` is where an open bound stands: before every address or behind. */
function compareBounds(a: string | undefined, b: string | undefined, open: 1 | -1): number {
  if (a === undefined || b === undefined) return (Number(a === undefined) - Number(b === undefined)) * open;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Counts by range: bucket `bucket above * ranges + range`. */
class IpRangeCollector implements BucketCollector {
  readonly feed: SubFeed;
  readonly #ranges: readonly AddressRange[];
  readonly #gatherer: OrdinalGatherer;
  readonly #term: (ordinal: number) => string;
  /** The ranges of the terms that were met. */
  readonly #rangesOf = new Map<number, readonly number[]>();
  #docCounts: Uint32Array = new Uint32Array(0);

  constructor(ranges: readonly AddressRange[], source: FieldSource, below: SubAggregators, index: AggregatedIndex) {
    this.feed = new SubFeed(below, index);
    this.#ranges = ranges;
    const docValues = ordinalValues(source, index);
    const missingOrdinal = (docValues?.dictionary.size ?? 0) + 1;
    const missing = source.missing === undefined ? undefined : String(source.missing);
    this.#term = (ordinal) => (ordinal === missingOrdinal ? missing! : docValues!.dictionary.term(ordinal));
    this.#gatherer = new OrdinalGatherer(docValues, missing === undefined ? undefined : missingOrdinal, (batch) =>
      this.#count(batch),
    );
  }

  docCount(bucket: number): number {
    return this.#docCounts[bucket] ?? 0;
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
    this.feed.flush();
  }

  #count({ ordinals, offsets, buckets, count, chunk }: OrdinalBatch): void {
    const width = this.#ranges.length;
    // The last document that fell into each range: several addresses of one count once.
    const lastSeen = new Int32Array(width).fill(-1);
    let first = 0;
    for (let i = 0; i < count; i++) {
      if (i > 0 && (offsets[i] !== offsets[i - 1] || buckets[i] !== buckets[i - 1])) first = i;
      for (const at of this.#rangesOfTerm(ordinals[i]!)) {
        if (lastSeen[at]! >= first) continue;
        lastSeen[at] = i;
        const bucket = buckets[i]! * width + at;
        this.#docCounts = grownIntegers(this.#docCounts, bucket);
        this.#docCounts[bucket]!++;
        this.feed.push(chunk, offsets[i]!, bucket);
      }
    }
  }

  #rangesOfTerm(ordinal: number): readonly number[] {
    let found = this.#rangesOf.get(ordinal);
    if (found === undefined) {
      const address = this.#term(ordinal);
      found = this.#ranges.flatMap(({ from, to }, at) =>
        (from === undefined || address >= from) && (to === undefined || address < to) ? [at] : [],
      );
      this.#rangesOf.set(ordinal, found);
    }
    return found;
  }
}
