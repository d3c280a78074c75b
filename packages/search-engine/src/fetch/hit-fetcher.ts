import { ClauseExplainer } from '../explain/explain-clause.ts';
import { createHighlighter } from '../highlight/highlighter.ts';
import type { IndexView } from '../index/index-view.ts';
import { parseSource } from '../index/source.ts';
import type { CompiledQuery } from '../query/compile/compile-query.ts';
import { docValueFields } from './doc-value-fields.ts';
import type { FetchedHit, FetchRequest, FieldValue } from './fetch.ts';
import { sourceFields } from './source-fields.ts';
import { storedFields } from './stored-fields.ts';

/** Fetches what a document shows, by its number. */
export type HitFetcher = (doc: number) => FetchedHit;

/** Resolves the request against the index once, for all of its hits; `compiled` is the query that found them. */
export function createHitFetcher(
  index: IndexView,
  request: FetchRequest,
  compiled: CompiledQuery,
  nowMs: number,
): HitFetcher {
  const { query, highlight, maxAnalyzedOffsets } = request;
  const maxAnalyzedOffset = maxAnalyzedOffsets.get(index.name) ?? Number.POSITIVE_INFINITY;
  const highlighter = createHighlighter({ index, query, nowMs, maxAnalyzedOffset }, highlight);
  // compat: what is wrong with a field that is asked for is told when a hit shows it.
  let readFields: ReturnType<typeof fieldsReader> | undefined;
  const explainer = request.explain ? new ClauseExplainer(index, compiled, nowMs) : undefined;
  return (doc) => {
    const document = index.document(doc);
    let source: unknown;
    const parsedSource = (): unknown => {
      source ??= parseSource(document.source());
      return source;
    };
    readFields ??= fieldsReader(index, request);
    return {
      highlights: highlight.length === 0 ? {} : highlighter(parsedSource(), document.id),
      fields: readFields(doc, parsedSource),
      explanation: explainer?.explain(doc),
    };
  };
}

function fieldsReader(
  index: IndexView,
  request: FetchRequest,
): (doc: number, source: () => unknown) => FetchedHit['fields'] {
  const stored = request.storedFields.flatMap((pattern) => storedFields(index.mapping, pattern));
  const docValues = request.docValueFields.flatMap((each) => docValueFields(index, each));
  const fields = request.fields.flatMap((each) => sourceFields(index.mapping, each));
  return (doc, source) => {
    const found = new Map<string, readonly FieldValue[]>();
    const add = (name: string, values: readonly FieldValue[]): void => {
      if (values.length > 0) found.set(name, [...(found.get(name) ?? []), ...values]);
    };
    for (const field of stored) add(field.name, field.read(source()));
    for (const field of docValues) add(field.name, field.read(doc));
    // compat: `fields` takes the place of what the others gave, and the last of the same name that of those before.
    for (const field of fields) {
      found.delete(field.name);
      add(field.name, field.read(source()));
    }
    return Object.fromEntries(found);
  };
}
