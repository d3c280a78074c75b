import type { ScoreFunctionKind, ValueModifier } from '@daybook/search-engine';
import { illegalArgument, parsingError, unsupported } from '../errors/errors.ts';
import { parseTimeMs } from '../http/time-value.ts';
import { defined, isJsonObject, type JsonObject } from '../json/json.ts';
import { readOptions, toNumber } from './option-readers.ts';

const MODIFIERS: readonly ValueModifier[] = [
  'none',
  'log',
  'log1p',
  'log2p',
  'ln',
  'ln1p',
  'ln2p',
  'square',
  'sqrt',
  'reciprocal',
];
const MULTI_VALUE_MODES = ['min', 'max', 'avg', 'sum'] as const;

/** The functions of `function_score`, by their names on the wire. */
export const scoreFunctions: ReadonlyMap<string, (body: JsonObject) => ScoreFunctionKind> = new Map([
  ['field_value_factor', parseFieldValueFactor],
  ['random_score', parseRandom],
  ['gauss', (body: JsonObject) => parseDecay('gauss', body)],
  ['exp', (body: JsonObject) => parseDecay('exp', body)],
  ['linear', (body: JsonObject) => parseDecay('linear', body)],
  [
    'script_score',
    () => {
      throw unsupported('[script_score] in [function_score]');
    },
  ],
]);

function parseFieldValueFactor(body: JsonObject): ScoreFunctionKind {
  const kinds = { field: 'string', factor: 'number', modifier: 'string', missing: 'number' } as const;
  const options = readOptions('field_value_factor', body, kinds);
  if (options.field === undefined) {
    throw parsingError("[field_value_factor] required field 'field' missing");
  }
  const name = options.modifier?.toLowerCase() ?? 'none';
  const modifier = MODIFIERS.find((each) => each === name);
  if (modifier === undefined) {
    throw illegalArgument(
      `No enum constant org.elasticsearch.common.lucene.search.function.FieldValueFactorFunction.Modifier.${name.toUpperCase()}`,
    );
  }
  const { field, factor = 1, missing } = options;
  return defined({ kind: 'fieldValueFactor' as const, field, factor, modifier, missing });
}

function parseRandom(body: JsonObject): ScoreFunctionKind {
  const { seed, field } = readOptions('random_score', body, { seed: 'value', field: 'string' });
  return defined({ kind: 'random' as const, seed: typeof seed === 'boolean' ? String(seed) : seed, field });
}

function parseDecay(shape: 'gauss' | 'exp' | 'linear', body: JsonObject): ScoreFunctionKind {
  const { multi_value_mode: mode = 'MIN', ...fields } = body;
  const multiValueMode = MULTI_VALUE_MODES.find((each) => each === String(mode).toLowerCase());
  if (multiValueMode === undefined) throw illegalArgument(`Illegal sort mode: ${String(mode)}`);
  const entries = Object.entries(fields);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1 || !isJsonObject(entry[1])) {
    throw parsingError(
      `malformed score function score parameters. expected one field with its parameters in [${shape}].`,
    );
  }
  const kinds = { origin: 'value', scale: 'any', offset: 'any', decay: 'number' } as const;
  const options = readOptions(shape, entry[1], kinds);
  const { origin, decay = 0.5 } = options;
  if (options.scale === undefined) throw parsingError('both [scale] and [origin] must be set for numeric fields.');
  const scale = toDistance(options.scale, 'scale');
  const offset = options.offset === undefined ? 0 : toDistance(options.offset, 'offset');
  return defined({
    kind: 'decay' as const,
    shape,
    field: entry[0],
    origin: typeof origin === 'boolean' ? String(origin) : origin,
    scale,
    offset,
    decay,
    multiValueMode,
  });
}

/** A number, or a time of a date in milliseconds. */
function toDistance(value: unknown, name: string): number {
  return typeof value === 'string' && /[a-z]$/.test(value) ? parseTimeMs(value, name) : toNumber(value);
}
