import type { DaybookError } from '@daybook/errors';
import { didYouMean } from '../errors/did-you-mean.ts';
import { floatFormatError, illegalArgument, numberFormatError } from '../errors/errors.ts';
import { parseTimeMs } from './time-value.ts';

/** What the kinds of query parameters are parsed to. `ignored` is accepted and has no effect on one node. */
interface ParameterTypes {
  string: string;
  boolean: boolean;
  /** Of 32 bits. */
  integer: number;
  /** Of 64 bits, to the precision of a double. */
  long: number;
  number: number;
  /** `all`, or how many copies of a shard to wait for: there is one. */
  activeShards: string;
  /** A rate, or -1 for none. */
  requestsPerSecond: number;
  list: readonly string[];
  /** Milliseconds. */
  time: number;
  refresh: 'true' | 'false' | 'wait_for';
  ignored: string;
}

type ParameterKind = keyof ParameterTypes;
/** The query parameters of an API by name. */
export type ParameterKinds = { readonly [name: string]: ParameterKind };
/** The parsed parameters that such kinds give. */
export type Parameters<K extends ParameterKinds> = { readonly [N in keyof K]?: ParameterTypes[K[N]] };

/** Parameters that every API takes; they are dealt with around the API. */
const commonParameters: ReadonlySet<string> = new Set(['pretty', 'human', 'error_trace', 'filter_path', 'format']);

/** compat: what says how to read another parameter is unknown where that one is not given. */
const knownOnlyWith: ReadonlyMap<string, string> = new Map([
  ['df', 'q'],
  ['analyzer', 'q'],
  ['analyze_wildcard', 'q'],
  ['default_operator', 'q'],
  ['lenient', 'q'],
]);

/** What Java reads as a float, but for hexadecimal digits. */
const FLOAT = /^\s*[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?)\s*$/;

type Parser<K extends ParameterKind> = (text: string, name: string) => ParameterTypes[K];

const parsers: { readonly [K in ParameterKind]: Parser<K> } = {
  string: (text) => text,
  ignored: (text) => text,
  list: (text) => (text === '' ? [] : text.split(',')),
  boolean: parseBooleanParameter,
  integer: (text, name) => {
    const value = wholeNumber(text, 32);
    if (value !== undefined) return value;
    throw illegalArgument(`Failed to parse int parameter [${name}] with value [${text}]`, numberFormatError(text));
  },
  long: (text, name) => {
    const value = wholeNumber(text, 64);
    if (value !== undefined) return value;
    throw illegalArgument(`Failed to parse long parameter [${name}] with value [${text}]`, numberFormatError(text));
  },
  number: (text, name) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw illegalArgument(`Failed to parse float parameter [${name}] with value [${text}]`, floatFormatError(text));
  },
  time: parseTimeMs,
  activeShards: parseActiveShards,
  requestsPerSecond: (text, name) => {
    const value = FLOAT.test(text) ? Math.fround(Number(text.replace(/[dDfF]\s*$/, ''))) : Number.NaN;
    if (value > 0) return value;
    if (value === -1) return Number.POSITIVE_INFINITY;
    throw illegalArgument(
      `[${name}] must be a float greater than 0. Use -1 to disable throttling.`,
      Number.isNaN(value) ? floatFormatError(text) : undefined,
    );
  },
  refresh: (text) => {
    if (text === '' || text === 'true') return 'true';
    if (text === 'false' || text === 'wait_for') return text;
    throw illegalArgument(`Unknown value for refresh: [${text}].`);
  },
};

/** What Java reads as a whole number of so many bits; undefined for anything else. */
export function wholeNumber(text: string, bits: 32 | 64): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(bits, value) === value ? Number(value) : undefined;
}

/** How many copies of a shard: `all`, or a number of them. */
export function parseActiveShards(text: string): string {
  if (text === 'all') return text;
  const count = wholeNumber(text, 32);
  if (count === undefined) throw illegalArgument(`cannot parse ActiveShardCount[${text}]`, numberFormatError(text));
  if (count < 0) throw illegalArgument('shard count cannot be a negative value');
  return text;
}

/** A flag: present without a value means true. */
export function parseBooleanParameter(text: string): boolean {
  if (text === '' || text === 'true') return true;
  if (text === 'false') return false;
  throw illegalArgument(`Failed to parse value [${text}] as only [true] or [false] are allowed.`);
}

/** Parses the query string by the kinds of one API. A name that the API does not know is refused. */
export function parseParameters<K extends ParameterKinds>(
  kinds: K,
  query: URLSearchParams,
  path: string,
): Parameters<K> {
  const values: Record<string, unknown> = {};
  const unknown: string[] = [];
  const isKnown = (name: string): boolean => {
    const other = knownOnlyWith.get(name);
    return Object.hasOwn(kinds, name) && (other === undefined || !Object.hasOwn(kinds, other) || query.has(other));
  };
  for (const [name, text] of query) {
    if (isKnown(name)) values[name] = parsers[kinds[name]!](text, name);
    else if (!commonParameters.has(name)) unknown.push(name);
  }
  if (unknown.length > 0) throw unrecognizedParameters(path, unknown, Object.keys(kinds).filter(isKnown));
  return values as Parameters<K>;
}

function unrecognizedParameters(path: string, unknown: readonly string[], known: readonly string[]): DaybookError {
  const list = [...new Set(unknown)]
    .sort()
    .map((name) => {
      const hint = didYouMean(name, known);
      return `[${name}]${hint === '' ? '' : ` ->${hint}`}`;
    })
    .join(', ');
  const plural = new Set(unknown).size > 1 ? 's' : '';
  return illegalArgument(`request [${path}] contains unrecognized parameter${plural}: ${list}`);
}
