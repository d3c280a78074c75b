import type { Query, QueryValue } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';

/** What a query is parsed in: how deep it stands, and where terms may be looked up. */
export interface QueryContext {
  readonly depth: number;
  /** Parses a query that stands inside another. */
  readonly parse: (value: unknown, context: QueryContext) => Query;
  /** Values at `path` of a document, for a terms lookup; undefined when the document is missing. */
  readonly lookupTerms?: (index: string, id: string, path: string, routing?: string) => readonly QueryValue[];
}

/** Parses the body that stands under one query's name. */
export type QueryParser = (body: unknown, context: QueryContext) => Query;

const maxNestedDepth = 100;

/** Parses a query one level below; nested deeper than 100 levels it is `invalid-argument`. */
export function parseNested(value: unknown, context: QueryContext): Query {
  if (context.depth >= maxNestedDepth) {
    throw illegalArgument(
      `The nested depth of the query exceeds the maximum nested depth for bool queries set in ` +
        `[indices.query.bool.max_nested_depth] [${maxNestedDepth}]`,
    );
  }
  return context.parse(value, { ...context, depth: context.depth + 1 });
}
