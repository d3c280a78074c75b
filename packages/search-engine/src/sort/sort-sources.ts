import { DaybookError } from '@daybook/errors';
import { parseAnalysis } from '../analysis/parse-analysis.ts';
import type { Column } from '../columns/column.ts';
import type { ChunkNumbers } from '../columns/doc-set.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { NumericColumn } from '../columns/numeric-column.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { FIELD_TYPES } from '../mapping/field-types.ts';
import { valueError } from '../mapping/mapping-errors.ts';
import { parseSimilarities } from '../mapping/parse-similarities.ts';
import { shortestFloat } from '../numbers/shortest-float.ts';
import type { Clause } from '../query/clauses/clause.ts';
import { startsWith } from '../query/compile/matching-ordinals.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import { FieldData } from '../text/field-data.ts';
import { TextColumn } from '../text/text-column.ts';
import { numericSort } from './numeric-sort.ts';
import { scorePlace, wholePlace } from './search-after.ts';
import type { SortKey, SortValue } from './sort-key.ts';
import type { SortSource } from './sort-source.ts';
import type { SortableTerms } from './sortable-terms.ts';
import { type TermForm, termSort } from './term-sort.ts';
import { unsortable } from './unsortable.ts';

const AS_IT_IS: TermForm = { show: (term) => term, parse: (value) => value };

/** Where an index stands among those that are searched together. */
export interface IndexPosition {
  readonly position: number;
  /** More than one index: their documents are numbered apart, so that no two hits have the same `_doc`. */
  readonly isOneOfSeveral: boolean;
}

/** Far more indices than are searched together; a document's number times this is exact in a double. */
const MAX_INDICES = 65_536;

/** More than an index numbers; an index's position times this is exact too. */
const MAX_DOCUMENTS = 2 ** 32;

/** What the hits of one index are ordered by, one source for each key. */
export function sortSources(
  index: Searchable,
  keys: readonly SortKey[],
  clause: Clause,
  nowMs: number,
  { position, isOneOfSeveral }: IndexPosition,
): readonly SortSource[] {
  const scale = isOneOfSeveral ? MAX_INDICES : 1;
  const documentSort = (key: SortKey, placeOf: (doc: number) => number): SortSource => ({
    ascends: key.direction === 'asc',
    ...valueSort(key, placeOf, (after) => wholePlace(null, after)),
  });
  return keys.map((key) => {
    // Floats, as a hit shows them: what comes back in `search_after` has to be the same place.
    if (key.field === '_score') return scoreSort(key, clause);
    if (key.field === '_doc') return documentSort(key, (doc) => doc * scale + position);
    if (key.field === '_shard_doc') return documentSort(key, (doc) => position * MAX_DOCUMENTS + doc);
    if (key.field === '_seq_no') {
      return valueSort(
        key,
        (doc) => index.data.documents.seqNo(doc),
        (after) => wholePlace('_seq_no', after),
      );
    }
    if (key.field === '_id') return termSort(key, index.data.documents.sortableIds(), AS_IT_IS);
    return fieldSort(index, key, nowMs);
  });
}

function fieldSort(index: Searchable, key: SortKey, nowMs: number): SortSource {
  const field = index.mapping.field(key.field);
  if (field === undefined) {
    if (key.unmappedType !== undefined) return unmappedSort(key, key.unmappedType, nowMs);
    throw new DaybookError('invalid-argument', `No mapping found for [${key.field}] in order to sort on`, {
      detail: { reason: 'query_shard_exception', index: index.name },
    });
  }
  if (!field.docValues || field.range !== undefined) throw unsortable(field);
  const column = index.data.column(field.column);
  if (field.form === 'number') {
    return numericSort(key, field, column instanceof NumericColumn ? column : undefined, nowMs);
  }
  checkTermKey(index.name, field, key);
  return termSort(key, sortableTerms(column, field), termForm(field, nowMs));
}

/** compat: terms have no sums, and are no numbers. */
function checkTermKey(index: string, { type }: FieldType, { mode, numericType }: SortKey): void {
  const refused = (message: string): DaybookError =>
    new DaybookError('invalid-argument', message, { detail: { reason: 'query_shard_exception', index } });
  if (numericType !== undefined) {
    throw refused(`[numeric_type] option cannot be set on a non-numeric field, got ${type}`);
  }
  if (mode === 'sum' || mode === 'avg' || mode === 'median') {
    throw refused('we only support AVG, MEDIAN and SUM on number based fields');
  }
}

/** compat: errors name such a field by its type. No document has a value; what stands for it is read as the type reads it. */
function unmappedSort(key: SortKey, type: string, nowMs: number): SortSource {
  const definition = FIELD_TYPES.get(type);
  if (definition === undefined) {
    throw new DaybookError('invalid-argument', `No mapper found for type [${type}]`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  const field = definition.build({
    path: `__anonymous_${type}`,
    json: { type },
    analysis: parseAnalysis({}),
    similarities: parseSimilarities({}),
  });
  if (field.form === 'text' || field.range !== undefined) throw unsortable(field);
  return field.form === 'number'
    ? numericSort(key, field, undefined, nowMs)
    : termSort(key, undefined, termForm(field, nowMs));
}

function scoreSort(key: SortKey, clause: Clause): SortSource {
  const source: SortSource = {
    isDouble: true,
    ...valueSort(key, (doc) => Math.fround(clause.score(doc)), scorePlace),
    value: (doc) => shortestFloat(clause.score(doc)),
  };
  if (clause.scoresAlike) return { ascends: true, ...source };
  if (clause.scores === undefined) return source;
  const sign = key.direction === 'desc' ? -1 : 1;
  const keys: ChunkNumbers = (chunk, offsets, count, into) => {
    clause.scores?.(chunk, offsets, count, into);
    for (let i = 0; i < count; i++) into[i] = Math.fround(into[i]!) * sign;
  };
  return { keys, ...source };
}

/** A value that every document has. */
function valueSort(
  { direction }: SortKey,
  read: (doc: number) => number,
  placeOf: (after: SortValue) => number,
): SortSource {
  const isDescending = direction === 'desc';
  const sign = isDescending ? -1 : 1;
  const key = (doc: number) => read(doc) * sign;
  return {
    key,
    mergeKey: key,
    isDescending,
    value: read,
    compareWith(after) {
      const place = placeOf(after) * sign;
      return (doc) => Math.sign(key(doc) - place);
    },
  };
}

function termForm(field: FieldType, nowMs: number): TermForm {
  const formatter = field.formatter();
  return {
    show: (term) => (formatter === undefined ? term.slice(field.columnPrefix.length) : formatter(term)),
    parse(value) {
      if (field.type === 'ip' && value.includes('/')) throw valueError(`'${value}' is not an IP string literal.`);
      const condition = field.termCondition(value, { nowMs });
      return condition.type === 'term' ? String(condition.value) : value;
    },
  };
}

/** The terms of one key only, where several keys of a flattened object share the column. */
function sortableTerms(
  column: Column | undefined,
  { columnPrefix, fieldDataFilter }: FieldType,
): SortableTerms | undefined {
  if (column instanceof TextColumn) return new FieldData(column, fieldDataFilter);
  if (!(column instanceof KeywordColumn)) return undefined;
  const { dictionary } = column;
  if (columnPrefix === '') return column;
  const prefix = Buffer.from(columnPrefix);
  const own = (doc: number) => {
    const ordinals: number[] = [];
    for (let i = 0; i < column.count(doc); i++) {
      const ordinal = column.value(doc, i);
      if (startsWith(dictionary.locate(ordinal), prefix)) ordinals.push(ordinal);
    }
    return ordinals;
  };
  return { count: (doc) => own(doc).length, value: (doc, index) => own(doc)[index]!, dictionary };
}
