import type { DaybookError } from '@daybook/errors';
import { didYouMean } from '../errors/did-you-mean.ts';
import { illegalArgument, numberFormatError } from '../errors/errors.ts';
import { parseTimeMs } from './time-value.ts';

/** What the kinds of query parameters are parsed to. `ignored` is accepted and has no effect on one node. */
interface ParameterTypes {
  string: string;
  boolean: boolean;
  integer: number;
  number: number;
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

type Parser<K extends ParameterKind> = (text: string, name: string) => ParameterTypes[K];

const parsers: { readonly [K in ParameterKind]: Parser<K> } = {
  string: (text) => text,
  ignored: (text) => text,
  list: (text) => (text === '' ? [] : text.split(',')),
  boolean: parseBooleanParameter,
  integer: (text, name) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value)) return value;
    throw illegalArgument(`Failed to parse int parameter [${name}] with value [${text}]`, numberFormatError(text));
  },
  number: (text, name) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw illegalArgument(`Failed to parse float parameter [${name}] with value [${text}]`, numberFormatError(text));
  },
  time: parseTimeMs,
  refresh: (text) => {
    if (text === '' || text === 'true') return 'true';
    if (text === 'false' || text === 'wait_for') return text;
    throw illegalArgument(`Unknown value for refresh: [${text}].`);
  },
};

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
  for (const [name, text] of query) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind !== undefined) values[name] = parsers[kind](text, name);
    else if (!commonParameters.has(name)) unknown.push(name);
  }
  if (unknown.length > 0) throw unrecognizedParameters(path, unknown, kinds);
  return values as Parameters<K>;
}

function unrecognizedParameters(path: string, unknown: readonly string[], kinds: ParameterKinds): DaybookError {
  const list = [...new Set(unknown)]
    .sort()
    .map((name) => {
      const hint = didYouMean(name, Object.keys(kinds));
      return `[${name}]${hint === '' ? '' : ` ->${hint}`}`;
    })
    .join(', ');
  const plural = new Set(unknown).size > 1 ? 's' : '';
  return illegalArgument(`request [${path}] contains unrecognized parameter${plural}: ${list}`);
}
