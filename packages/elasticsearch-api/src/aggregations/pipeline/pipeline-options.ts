import type { GapPolicy } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../../errors/errors.ts';
import { type JsonObject, tokenOf } from '../../json/json.ts';
import type { AggregationContext } from '../aggregation-parser.ts';

/** How the options of a pipeline are written; a path may be alone in a list, or the first of several. */
interface OptionTypes {
  path: string;
  string: string;
  number: number;
  boolean: boolean;
  numbers: readonly number[];
}

type OptionKinds = { readonly [name: string]: keyof OptionTypes };
type Options<K extends OptionKinds> = { readonly [N in keyof K]?: OptionTypes[K[N]] };

const readers: { readonly [K in keyof OptionTypes]: (value: unknown) => OptionTypes[K] | undefined } = {
  path: (value) => (Array.isArray(value) ? readers.string(value[0]) : readers.string(value)),
  string: (value) => (typeof value === 'string' ? value : undefined),
  number: (value) => (typeof value === 'number' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  numbers: (value) => (Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined),
};

/** Options that pipelines over one path share. */
export const pathKinds: { readonly buckets_path: 'path'; readonly format: 'string' } = {
  buckets_path: 'path',
  format: 'string',
};

/**
 * compat: most pipelines parse their bodies by hand, and say the same of an option that they do not know and of one with a value of another kind;
 * each in words of its own.
 */
export function readPipelineOptions<const K extends OptionKinds>(
  body: JsonObject,
  kinds: K,
  unexpected: (token: string, option: string) => string,
): Options<K> {
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    const read = kind === undefined ? undefined : readers[kind](value);
    if (read === undefined) throw parsingError(unexpected(tokenOf(value), name));
    options[name] = read;
  }
  return options as Options<K>;
}

/** What to do with a bucket that has no value. */
export function readGapPolicy(given: string | undefined): GapPolicy {
  if (given === undefined || given === 'skip') return 'skip';
  if (given === 'insert_zeros') return 'insertZeros';
  throw parsingError(`Invalid gap policy: [${given}], accepted values: [insert_zeros, skip]`);
}

/** Nothing can stand below a pipeline. */
export function refuseBelow({ name, aggregations }: AggregationContext): void {
  if (Object.keys(aggregations).length === 0) return;
  throw illegalArgument(`Aggregation [${name}] cannot define sub-aggregations`);
}
