import type { Analyzer } from '../../analysis/analyzer.ts';
import type { IndexData } from '../../index/index-data.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { mappingError } from '../../mapping/mapping-errors.ts';
import type { Steps } from '../../steps/steps.ts';
import { eachInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import type { Query } from '../query.ts';

/** What is searched: the parts of an index that queries need. */
export interface Searchable {
  readonly name: string;
  readonly data: IndexData;
  readonly mapping: Mapping;
  /** The analyzer of that name; `invalid-argument` when the index has none, with what it was to be. */
  analyzer(name: string, what?: string): Analyzer;
}

/** The clauses of several queries within one. */
export function compileAll(context: QueryContext, queries: readonly Query[], boost: number): Steps<Clause[]> {
  return eachInSteps(queries, (query) => context.compile(query, boost));
}

/** What a query is resolved against, and what is learnt on the way. */
export interface QueryContext {
  readonly index: Searchable;
  /** What `now` means: one instant for the whole request. */
  readonly nowMs: number;
  readonly allowExpensiveQueries: boolean;
  /** Clauses of queries that carry a name, in the order of the request. */
  readonly named: { readonly name: string; readonly clause: Clause }[];
  /** Which query a clause was made of: the innermost one. */
  readonly origins: Map<Clause, Query>;
  /** Resolves a query within this one; the boost is that of the queries around it. */
  compile(query: Query, boost: number): Steps<Clause>;
}

/** The field, if it is mapped. A field that is mapped but cannot be searched is `invalid-argument`. */
export function searchableField({ index }: QueryContext, path: string): FieldType | undefined {
  const field = index.mapping.field(path);
  if (field !== undefined && !field.indexed) {
    throw mappingError('illegal_argument_exception', `Cannot search on field [${path}] since it is not indexed.`);
  }
  return field;
}
