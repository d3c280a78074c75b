import { formatIpAddress, nextIpAddress, parseIpAddress, parseNetwork } from '../../mapping/field-types/ip-address.ts';
import type { AggregationResult, Bucket, IpRangeAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { ordinalValues, resolveField } from '../field-source.ts';
import type { ResultBuilder } from '../result-builder.ts';
import { type SubAggregators, subResults } from '../sub-aggregations.ts';
import { OrdinalGatherer } from '../value-batch.ts';
import { docCountOf, partsAt } from './fixed-buckets.ts';
import { type CountRanges, RangeCollector } from './range-collector.ts';

/** From inclusive, to exclusive, in the column's form; undefined is open. */
interface AddressRange {
  readonly key: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A bucket for each range of addresses. */
export class IpRangeAggregator implements Aggregator<RangeCollector> {
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

  collector(index: AggregatedIndex): RangeCollector {
    return new RangeCollector(this.#ranges.length, (count) => this.#gatherer(count, index), this.#below, index);
  }

  #gatherer(count: CountRanges, index: AggregatedIndex): OrdinalGatherer {
    const docValues = ordinalValues(this.#source, index);
    const missingOrdinal = (docValues?.dictionary.size ?? 0) + 1;
    const missing = this.#source.missing === undefined ? undefined : String(this.#source.missing);
    /** The ranges of the terms that were met. */
    const known = new Map<number, readonly number[]>();
    const rangesOf = (ordinal: number): readonly number[] => {
      let ranges = known.get(ordinal);
      if (ranges === undefined) {
        ranges = this.#rangesOf(ordinal === missingOrdinal ? missing! : docValues!.dictionary.term(ordinal));
        known.set(ordinal, ranges);
      }
      return ranges;
    };
    return new OrdinalGatherer(docValues, missing === undefined ? undefined : missingOrdinal, (batch) =>
      count(batch, (at) => rangesOf(batch.ordinals[at]!)),
    );
  }

  #rangesOf(address: string): readonly number[] {
    return this.#ranges.flatMap(({ from, to }, at) =>
      (from === undefined || address >= from) && (to === undefined || address < to) ? [at] : [],
    );
  }

  result(parts: readonly Part<RangeCollector>[], results: ResultBuilder): AggregationResult {
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
    parts: readonly Part<RangeCollector>[],
    results: ResultBuilder,
  ): Bucket {
    const own = partsAt(parts, at);
    return {
      key,
      ...(from === undefined ? {} : { from: formatIpAddress(from) }),
      ...(to === undefined ? {} : { to: formatIpAddress(to) }),
      docCount: docCountOf(own),
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
