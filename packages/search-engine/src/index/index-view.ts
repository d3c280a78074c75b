import type { Analyzer } from '../analysis/analyzer.ts';
import type { DocSet } from '../columns/doc-set.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { describeQuery } from '../explain/describe-query.ts';
import { IGNORED } from '../mapping/ignored-field.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { compileQuery } from '../query/compile/compile-query.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import type { Query } from '../query/query.ts';
import type { SearchLimits } from '../search/search-limits.ts';
import type { Steps } from '../steps/steps.ts';
import type { Translog } from '../translog/translog.ts';
import type { IndexData } from './index-data.ts';
import type { StoredDocument } from './stored-document.ts';
import { PRIMARY_TERM } from './write-condition.ts';

/** What a view shows. */
export interface IndexViewParts {
  readonly name: string;
  readonly data: IndexData;
  readonly mapping: Mapping;
  readonly translog: Translog;
  readonly found?: WeakMap<Query, DocSet>;
  analyzer(name: string, what?: string): Analyzer;
}

/**
 * An index as a search reads it. While nothing else runs it is the index itself; it stays as it is for longer once the index writes to a
 * fork of its data, and its sources can be read as long as no segment of the log is removed.
 */
export class IndexView implements Searchable {
  readonly name: string;
  readonly data: IndexData;
  readonly mapping: Mapping;
  /** Of a view that is searched more than once: what a query found, by the object that was asked, as every page of a scroll asks the same one. */
  readonly found: WeakMap<Query, DocSet> | undefined;
  readonly #parts: IndexViewParts;

  constructor(parts: IndexViewParts) {
    this.name = parts.name;
    this.data = parts.data;
    this.mapping = parts.mapping;
    this.found = parts.found;
    this.#parts = parts;
  }

  analyzer(name: string, what?: string): Analyzer {
    return this.#parts.analyzer(name, what);
  }

  /** The query as Lucene writes it; what is wrong with it is thrown as a search throws it. */
  *describe(query: Query, limits?: SearchLimits): Steps<string> {
    const nowMs = Date.now();
    yield* compileQuery(this, query, nowMs, limits);
    return describeQuery(this, query, nowMs);
  }

  /** The live document of that number. */
  document(doc: number): StoredDocument {
    const entry = this.data.documents.entry(doc);
    const id = this.data.documents.id(doc);
    const routing = this.data.routing(doc);
    return {
      id,
      version: entry.version,
      seqNo: entry.seqNo,
      primaryTerm: PRIMARY_TERM,
      routing,
      ignored: this.#ignored(doc),
      sourceBytes: entry.sourceBytes,
      source: () => this.#parts.translog.source({ index: this.name, id, routing }, entry),
    };
  }

  #ignored(doc: number): readonly string[] {
    const column = this.data.column(IGNORED.column);
    if (!(column instanceof KeywordColumn)) return [];
    return Array.from({ length: column.count(doc) }, (_, at) => column.dictionary.term(column.value(doc, at)));
  }
}
