import type { DocSet } from '../columns/doc-set.ts';
import type { DocReader } from '../columns/doc-values.ts';
import type { Query } from '../query/query.ts';
import type { Steps } from '../steps/steps.ts';
import type { Aggregation, Aggregations } from './aggregation.ts';

/** Finds the documents of every filter of the aggregations and those below them: collectors are made at once, when these must be known. */
export function* findFiltered(aggregations: Aggregations, reader: DocReader): Steps<ReadonlyMap<Query, DocSet>> {
  const filtered = new Map<Query, DocSet>();
  for (const query of filtersOf(aggregations)) {
    filtered.set(query, yield* reader.findMatchingDocs(query));
    yield;
  }
  return filtered;
}

function* filtersOf(aggregations: Aggregations): Iterable<Query> {
  for (const aggregation of Object.values(aggregations)) {
    yield* ownFilters(aggregation);
    if ('aggregations' in aggregation && aggregation.aggregations !== undefined) {
      yield* filtersOf(aggregation.aggregations);
    }
  }
}

function ownFilters(aggregation: Aggregation): readonly Query[] {
  if (aggregation.type === 'filter') return [aggregation.filter];
  return aggregation.type === 'filters' ? aggregation.filters.map(({ filter }) => filter) : [];
}
