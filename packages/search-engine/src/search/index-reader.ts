import { constantDocValues } from '../columns/constant-doc-values.ts';
import type { DocSet } from '../columns/doc-set.ts';
import type { DocReader, DocValues } from '../columns/doc-values.ts';
import { keyedDocValues } from '../columns/keyed-doc-values.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { NumericColumn } from '../columns/numeric-column.ts';
import { RangeColumn } from '../columns/range-column.ts';
import { findDocs } from '../query/clauses/clause.ts';
import { compileQuery } from '../query/compile/compile-query.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import type { Query } from '../query/query.ts';
import type { Steps } from '../steps/steps.ts';
import { FieldData } from '../text/field-data.ts';
import { TextColumn } from '../text/text-column.ts';
import type { SearchLimits } from './search-limits.ts';

/** {@link DocReader} of one index for one request. */
export class IndexReader implements DocReader {
  readonly #index: Searchable;
  readonly #nowMs: number;
  readonly #limits: SearchLimits | undefined;

  constructor(index: Searchable, nowMs: number, limits?: SearchLimits) {
    this.#index = index;
    this.#nowMs = nowMs;
    this.#limits = limits;
  }

  docValues(path: string): DocValues | undefined {
    const { mapping, data } = this.#index;
    if (path === '_id') return data.documents.idValues();
    if (path === '_index') return constantDocValues(this.#index.name, this.liveDocs());
    const field = mapping.field(path);
    const column = field === undefined ? undefined : data.column(field.column);
    if (column instanceof NumericColumn || column instanceof RangeColumn) return column;
    if (column instanceof TextColumn)
      return field!.docValues ? new FieldData(column, field!.fieldDataFilter) : undefined;
    if (!(column instanceof KeywordColumn)) return undefined;
    return field!.columnPrefix === '' ? column : keyedDocValues(column, field!.columnPrefix);
  }

  liveDocs(): DocSet {
    return this.#index.data.documents.live();
  }

  *findMatchingDocs(query: Query): Steps<DocSet> {
    return yield* findDocs((yield* compileQuery(this.#index, query, this.#nowMs, this.#limits)).clause);
  }
}
