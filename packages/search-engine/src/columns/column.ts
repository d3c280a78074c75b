import type { Dictionary, FrozenDictionary } from '../dictionary/dictionary.ts';
import { TextColumn } from '../text/text-column.ts';
import { KeywordColumn } from './keyword-column.ts';
import { type FrozenNumericColumn, NumericColumn } from './numeric-column.ts';
import type { FrozenOrdinalColumn } from './ordinal-column.ts';
import { type FrozenRangeColumn, RangeColumn } from './range-column.ts';

/** What holds the values of one field. */
export type Column = NumericColumn | KeywordColumn | TextColumn | RangeColumn;

/** A column at one moment: plain data and arrays that do not change any more. */
export type FrozenColumn = FrozenNumericColumn | FrozenOrdinalColumn | FrozenRangeColumn;

/** The column that `frozen` was; its arrays belong to the column from then on, but for those of a dictionary that `known` has. */
export function thawColumn(
  frozen: FrozenColumn,
  docLimit: () => number,
  known: (frozen: FrozenDictionary) => Dictionary | undefined,
): Column {
  switch (frozen.type) {
    case 'numeric':
      return NumericColumn.thaw(docLimit, frozen);
    case 'keyword':
      return new KeywordColumn(docLimit, frozen, known(frozen.dictionary));
    case 'text':
      return new TextColumn(docLimit, frozen);
    case 'range':
      return RangeColumn.thaw(docLimit, frozen);
  }
}
