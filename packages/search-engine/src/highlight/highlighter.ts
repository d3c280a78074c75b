import { DaybookError } from '@daybook/errors';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import { sourceValues } from '../fetch/source-values.ts';
import type { FieldType } from '../mapping/field-type.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import type { Query } from '../query/query.ts';
import { fastVectorHighlights } from './fast-vector/fast-vector.ts';
import type { HighlightField, Highlights } from './highlight.ts';
import type { Matcher } from './matcher.ts';
import { plainHighlights } from './plain.ts';
import { queryMatchers } from './query-matchers.ts';
import { unifiedHighlights } from './unified.ts';

const TYPES: ReadonlySet<string> = new Set(['unified', 'plain', 'fvh']);

/** A field as it is shown, and what is looked for in it. */
interface HighlightTarget {
  readonly name: string;
  readonly field: FieldType;
  /** compat: what other fields copy to this one is not highlighted. */
  readonly sourcePath: string;
  readonly matchers: readonly Matcher[];
  /** Of `fvh`: those whose matches are marked. */
  readonly matchedFields: readonly FieldSource[];
  readonly options: HighlightField;
}

/** A field, and where its values stand in a source. */
interface FieldSource {
  readonly field: FieldType;
  readonly sourcePath: string;
}

/** What highlights depend on besides the hit. */
export interface HighlightContext {
  readonly index: Searchable;
  readonly query: Query;
  readonly nowMs: number;
  /** The index's `highlight.max_analyzed_offset`. */
  readonly maxAnalyzedOffset: number;
}

/** Resolves fields and queries once; the answer highlights one source after the other. Fields without a match are left out. */
export function createHighlighter(
  context: HighlightContext,
  fields: readonly HighlightField[],
): (source: unknown, id: string) => Highlights {
  // compat: of several patterns that match a field the last counts.
  const targets = new Map(
    fields.flatMap((options) => targetsOf(context, options)).map((target) => [target.name, target]),
  );
  return (source, id) => {
    const highlights = new Map<string, readonly string[]>();
    for (const target of targets.values()) {
      const fragments = highlight(context, target, source, id);
      if (fragments.length > 0) highlights.set(target.name, fragments);
    }
    return Object.fromEntries(highlights);
  };
}

function targetsOf({ index, query, nowMs }: HighlightContext, options: HighlightField): readonly HighlightTarget[] {
  const { mapping } = index;
  const isPattern = options.pattern.includes('*');
  if (!TYPES.has(options.type)) {
    throw refused(`unknown highlighter type [${options.type}] for the field [${options.pattern}]`);
  }
  const all = queryMatchers(index, options.highlightQuery ?? query, nowMs);
  return mapping.matchingFields(options.pattern).flatMap((name) => {
    const field = mapping.field(name);
    const hasTerms = field?.type === 'text' || field?.type === 'keyword';
    if (field === undefined || (isPattern && !canHighlight(field, options))) return [];
    const isOwn = ({ field: path }: Matcher): boolean =>
      !options.requireFieldMatch || options.type === 'fvh' || path === field.path;
    const matchers = hasTerms ? all.filter(isOwn) : [];
    return [
      { name, ...sourceOf(mapping, field), matchers, matchedFields: matchedFields(mapping, field, options), options },
    ];
  });
}

function matchedFields(
  mapping: Mapping,
  field: FieldType,
  { matchedFields: names }: HighlightField,
): readonly FieldSource[] {
  if (names.length === 0) return [sourceOf(mapping, field)];
  const fields = names.map((name) => mapping.field(name));
  return fields.flatMap((matched) =>
    matched !== undefined && hasOffsets(matched) ? [sourceOf(mapping, matched)] : [],
  );
}

function sourceOf(mapping: Mapping, field: FieldType): FieldSource {
  return { field, sourcePath: mapping.sourcePaths(field.path).at(-1)! };
}

function canHighlight(field: FieldType, { type }: HighlightField): boolean {
  if (field.type !== 'text' && field.type !== 'keyword') return false;
  return type !== 'fvh' || hasOffsets(field);
}

function hasOffsets(field: FieldType): boolean {
  return String(field.toJson().term_vector).startsWith('with_positions_offsets');
}

/** compat: a text of which Lucene would keep the offsets may be of any length. */
function keepsOffsets(field: FieldType): boolean {
  return hasOffsets(field) || field.toJson().index_options === 'offsets';
}

function highlight(
  context: HighlightContext,
  { name, field, sourcePath, matchers, matchedFields: matched, options }: HighlightTarget,
  source: unknown,
  id: string,
): readonly string[] {
  checkOptions(name, field, options);
  const values = shownValues(source, sourcePath);
  const tooLong = (highlighters: string): DaybookError =>
    refused(
      `The length of [${name}] field of [${id}] doc of [${context.index.name}] index has exceeded ` +
        `[${context.maxAnalyzedOffset}] - maximum allowed to be analyzed for highlighting. This maximum can be set by ` +
        'changing the [index.highlight.max_analyzed_offset] index level setting. For large texts, indexing with offsets ' +
        `or term vectors${highlighters} is recommended!`,
    );
  if (options.type === 'plain') {
    if (values.some(({ length }) => length > context.maxAnalyzedOffset)) {
      throw tooLong(', and highlighting with unified or fvh highlighter');
    }
    return plainHighlights(field, values, matchers, options, ignoreAbove(field));
  }
  if (options.type === 'fvh') {
    const fields = matched.map((own) => ({ field: own.field, values: shownValues(source, own.sourcePath) }));
    const hasTerm = (path: string, term: string): boolean => {
      const column = context.index.data.column(path);
      return column instanceof OrdinalColumn && column.docCount(column.dictionary.ordinal(term)) > 0;
    };
    return fastVectorHighlights(values, fields, matchers, options, hasTerm);
  }
  const length = values.reduce((sum, value) => sum + value.length + 1, -1);
  if (matchers.length > 0 && length > context.maxAnalyzedOffset && !keepsOffsets(field)) throw tooLong('');
  // compat: all values together are held against the limit of each.
  if (length > ignoreAbove(field)) return [];
  return unifiedHighlights(field, values, matchers, options);
}

function checkOptions(name: string, field: FieldType, options: HighlightField): void {
  const { type, fragmenter, boundaryScanner, numberOfFragments } = options;
  if (numberOfFragments < 0) throw refused(`number_of_fragments must be 0 or more; got: ${numberOfFragments}`);
  if (type === 'unified' && boundaryScanner === 'chars' && field.form === 'text' && numberOfFragments > 0) {
    throw refused('Invalid boundary scanner type: chars');
  }
  if (type === 'plain' && fragmenter !== 'span' && fragmenter !== 'simple') {
    throw refused(`unknown fragmenter option [${fragmenter}] for the field [${name}]`);
  }
  if (type === 'fvh' && !hasOffsets(field)) {
    throw refused(
      `the field [${name}] should be indexed with term vector with position offsets to be used with fast vector highlighter`,
    );
  }
  if (type === 'fvh' && numberOfFragments > 0) checkFragmentSize(options);
}

function checkFragmentSize({ fragmentSize, fragmentOffset }: HighlightField): void {
  if (fragmentOffset < 0) throw refused(`margin(${fragmentOffset}) is too small. It must be 0 or higher.`);
  const smallest = Math.max(1, 3 * fragmentOffset);
  if (fragmentSize < smallest) {
    throw refused(`fragCharSize(${fragmentSize}) is too small. It must be ${smallest} or higher.`);
  }
}

function ignoreAbove(field: FieldType): number {
  return field.type === 'keyword'
    ? Number(field.toJson().ignore_above ?? Number.MAX_SAFE_INTEGER)
    : Number.MAX_SAFE_INTEGER;
}

function shownValues(source: unknown, path: string): readonly string[] {
  return sourceValues(source, path)
    .filter((value) => typeof value !== 'object' && value !== undefined)
    .map(String);
}

function refused(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}
