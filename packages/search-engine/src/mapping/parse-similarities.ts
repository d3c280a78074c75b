import { DaybookError } from '@daybook/errors';
import { nestSettings } from '../analysis/index-settings.ts';
import { javaFloat } from '../numbers/java-float.ts';
import { BM25, BOOLEAN, type Similarity } from '../text/similarity.ts';
import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { booleanOf } from './parameter.ts';
import type { Similarities } from './similarities.ts';

const BUILT_IN: ReadonlySet<string> = new Set(['BM25', 'boolean', 'classic']);
const NOT_OFFERED: ReadonlySet<string> = new Set('DFR IB DFI LMDirichlet LMJelinekMercer scripted'.split(' '));
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?|NaN|Infinity)$/;

/**
 * Parses `similarity` of an index's settings, flat or nested. Throws `invalid-argument` for a similarity that there is not or that is not offered; `wasAccepted` says
 * that the settings were taken before, maybe by an earlier version, which scored by none of them.
 */
export function parseSimilarities(settings: JsonObject, wasAccepted = false): Similarities {
  const similarities = new Map<string, Similarity>();
  for (const [name, definition] of definitionsOf(settings)) {
    try {
      similarities.set(name, parseSimilarity(name, definition));
    } catch (error) {
      if (!wasAccepted) throw error;
    }
  }
  return {
    byDefault: similarities.get('default') ?? BM25,
    named: (name) => (name === 'BM25' ? BM25 : name === 'boolean' ? BOOLEAN : similarities.get(name)),
  };
}

function definitionsOf(settings: JsonObject): readonly (readonly [string, unknown])[] {
  const { similarity } = nestSettings(settings);
  return isJsonObject(similarity) ? Object.entries(similarity).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
}

function parseSimilarity(name: string, definition: unknown): Similarity {
  if (BUILT_IN.has(name)) {
    throw illegalArgument(`illegal value for [index.similarity.${name}] cannot redefine built-in similarity`);
  }
  if (!isJsonObject(definition)) {
    throw settingsError(
      `Failed to get setting group for [] setting prefix and setting [${name}] because of a missing '.'`,
    );
  }
  const { type, ...parameters } = parametersOf(definition);
  if (type === undefined) throw illegalArgument(`Similarity [${name}] must have an associated type`);
  switch (type) {
    case 'BM25':
      return parseBm25(parameters);
    case 'boolean':
      refuseUnknown(type, parameters, []);
      return BOOLEAN;
    case 'classic':
      throw classicError();
    default:
      throw illegalArgument(
        NOT_OFFERED.has(type)
          ? `Similarity type [${type}] for [${name}] is not supported by this server, which has [BM25] and [boolean]`
          : `Unknown Similarity type [${type}] for [${name}]`,
      );
  }
}

function parseBm25(parameters: Readonly<Record<string, string>>): Similarity {
  refuseUnknown('BM25', parameters, ['b', 'discount_overlaps', 'k1']);
  const k1 = floatOf(parameters, 'k1', BM25.k1);
  const b = floatOf(parameters, 'b', BM25.b);
  const { discount_overlaps: discount } = parameters;
  const discountOverlaps = discount === undefined ? BM25.discountOverlaps : booleanOf(discount);
  if (!(k1 >= 0 && Number.isFinite(k1))) {
    throw illegalArgument(`illegal k1 value: ${javaFloat(k1)}, must be a non-negative finite value`);
  }
  if (!(b >= 0 && b <= 1)) throw illegalArgument(`illegal b value: ${javaFloat(b)}, must be between 0 and 1`);
  return { type: 'BM25', k1, b, discountOverlaps };
}

/** The settings below one, by their names with dots; a null is none. */
function parametersOf(definition: JsonObject): Record<string, string> {
  const flat: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(definition)) {
    if (isJsonObject(value)) {
      for (const [inner, text] of Object.entries(parametersOf(value))) flat[`${name}.${inner}`] = text;
    } else if (value !== null) flat[name] = javaText(value);
  }
  return flat;
}

function refuseUnknown(type: string, parameters: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(parameters).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw illegalArgument(`Unknown settings for similarity of type [${type}]: [${unknown.sort().join(', ')}]`);
}

/** A number as Java reads a float. */
function floatOf(parameters: Readonly<Record<string, string>>, name: string, byDefault: number): number {
  const text = parameters[name];
  if (text === undefined) return byDefault;
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return Math.fround(Number(trimmed.replace(/[fFdD]$/, '')));
  throw settingsError(`Failed to parse float setting [${name}] with value [${text}]`, {
    type: 'number_format_exception',
    reason: trimmed === '' ? 'empty String' : `For input string: "${text}"`,
  });
}

/** The similarity of Elasticsearch 6 and before. */
export function classicError(): DaybookError {
  return illegalArgument(
    'The [classic] similarity may not be used anymore. Please use the [BM25] similarity or build a custom [scripted] similarity instead.',
  );
}

function illegalArgument(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}

/** compat: a fault of the server to Elasticsearch. */
function settingsError(message: string, causedBy?: { readonly type: string; readonly reason: string }): DaybookError {
  const detail = { reason: 'settings_exception', status: 500, ...(causedBy === undefined ? {} : { causedBy }) };
  return new DaybookError('invalid-argument', message, { detail });
}
