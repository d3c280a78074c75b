import type { Analyzer } from '../analysis/analyzer.ts';
import type { QueryTime } from '../mapping/field-type.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { FuzzyOptions } from '../query/compile/fuzzy.ts';
import { minimumShouldMatch as requiredOptional } from '../query/minimum-should-match.ts';
import type { Query, QueryStringQuery } from '../query/query.ts';
import type { LeafOptions, NamedAnalyzer } from './leaf-query.ts';
import { boosted, leafQuery } from './leaf-query.ts';
import { parseSyntax } from './parse-syntax.ts';
import type { SearchedField } from './searched-fields.ts';
import { searchedFields } from './searched-fields.ts';
import { parseSimpleSyntax, simpleOperators } from './simple-syntax.ts';
import type { BooleanNode, SyntaxLeaf, SyntaxNode } from './syntax-tree.ts';

/** What a query string is read against. */
interface QueriedIndex {
  readonly mapping: Mapping;
  /** The analyzer of that name; `invalid-argument` when there is none. */
  analyzer(name: string): Analyzer;
}

/**
 * The query that a query string means under a mapping. A wrong `query_string` is `invalid-argument` (`query_shard_exception`); a
 * `simple_query_string` is never wrong.
 */
export function parseQueryString(query: QueryStringQuery, index: QueriedIndex, time: QueryTime): Query {
  const builder = new QueryBuilder(query, index, time);
  const { boost, name } = query;
  const built = boosted(builder.build(), boost ?? 1);
  return name === undefined ? built : { ...built, name };
}

class QueryBuilder {
  readonly #query: QueryStringQuery;
  readonly #mapping: Mapping;
  readonly #options: LeafOptions;
  /** Names and patterns that a clause without a field means. */
  readonly #defaultNames: readonly string[];
  readonly #fields = new Map<string | undefined, readonly SearchedField[]>();
  readonly #quotedFields = new Map<string | undefined, readonly SearchedField[]>();

  constructor(query: QueryStringQuery, index: QueriedIndex, time: QueryTime) {
    this.#query = query;
    this.#mapping = index.mapping;
    const fields = query.fields !== undefined && query.fields.length > 0 ? query.fields : undefined;
    this.#defaultNames = fields ?? [query.defaultField ?? '*'];
    const simple = query.type === 'simpleQueryString';
    const isSumming = query.matchType === 'most_fields' || query.matchType === 'bool_prefix';
    const named = (name: string | undefined): NamedAnalyzer | undefined =>
      name === undefined ? undefined : { name, analyzer: index.analyzer(name) };
    const analyzer = named(query.analyzer);
    this.#options = {
      query: query.query,
      defaultOperator: query.defaultOperator ?? 'or',
      // compat: a search of all fields passes over those that cannot hold the text.
      lenient: query.lenient ?? this.#defaultNames.includes('*'),
      analyzeWildcard: query.analyzeWildcard ?? false,
      isSimple: simple,
      allowLeadingWildcard: query.allowLeadingWildcard ?? true,
      matchType: query.matchType ?? 'best_fields',
      // compat: a phrase of a simple query string counts in its best field only.
      phraseTieBreaker: query.tieBreaker ?? (isSumming ? 1 : 0),
      tieBreaker: query.tieBreaker ?? (simple || isSumming ? 1 : 0),
      analyzer,
      quoteAnalyzer: named(query.quoteAnalyzer) ?? analyzer,
      phraseSlop: query.phraseSlop ?? 0,
      fuzzy: fuzzyOptions(query),
      regexp: query.maxDeterminizedStates === undefined ? {} : { maxDeterminizedStates: query.maxDeterminizedStates },
      timeZone: query.timeZone,
      nowMs: time.nowMs,
    };
  }

  build(): Query {
    const syntax = this.#parse();
    const built = (syntax === undefined ? undefined : this.#build(syntax)) ?? { type: 'matchNone' };
    const { minimumShouldMatch } = this.#query;
    if (minimumShouldMatch === undefined) return built;
    // compat: exclusions alone are given a clause that is no optional one.
    if (isExclusion(built) && requiredOptional(minimumShouldMatch, 0) > 0) {
      return { ...built, filter: [{ type: 'matchAll' }], minimumShouldMatch };
    }
    if (built.type === 'bool' || built.type === 'match') return { ...built, minimumShouldMatch };
    return built;
  }

  #parse(): SyntaxNode | undefined {
    const { query, type, operators = simpleOperators } = this.#query;
    const { defaultOperator } = this.#options;
    if (type === 'queryString') {
      return query.trim() === ''
        ? undefined
        : parseSyntax(this.#query.escape ? escapeOperators(query) : query, defaultOperator);
    }
    return parseSimpleSyntax(query, {
      defaultOperator,
      operators,
      hasTerms: (leaf) => this.#buildLeaf(leaf) !== undefined,
    });
  }

  #build(node: SyntaxNode): Query | undefined {
    return node.kind === 'boolean' ? this.#buildBoolean(node) : this.#buildLeaf(node);
  }

  #buildBoolean(node: BooleanNode): Query | undefined {
    const must: Query[] = [];
    const should: Query[] = [];
    const mustNot: Query[] = [];
    const lists = { must, should, mustNot };
    for (const { occur, node: child } of node.clauses) {
      const runs = occur === 'mustNot' ? undefined : this.#splitRun(child);
      const queries = runs ?? [this.#build(child)];
      for (const query of queries) if (query !== undefined) lists[occur].push(query);
    }
    if (must.length + should.length + mustNot.length === 0) return undefined;
    return boosted({ type: 'bool', must, filter: [], should, mustNot, isOfText: true }, node.boost);
  }

  /** A run over one field of text counts as one clause for each of its terms, which `minimum_should_match` sees. */
  #splitRun(node: SyntaxNode): readonly Query[] | undefined {
    if (node.kind !== 'text' || !node.isRun || this.#options.analyzer !== undefined) return undefined;
    const fields = this.#fieldsOf(node.field, false);
    const [field] = fields;
    if (fields.length !== 1 || field?.type?.searchAnalyzer === undefined || this.#options.matchType !== 'best_fields') {
      return undefined;
    }
    const tokens = field.type.searchAnalyzer.analyze(node.text);
    if (new Set(tokens.map((token) => token.position)).size < tokens.length) return undefined;
    return tokens.map((token) => boosted({ type: 'term', field: field.name, value: token.term }, field.boost));
  }

  #buildLeaf(leaf: SyntaxLeaf): Query | undefined {
    if (leaf.kind === 'all') return boosted({ type: 'matchAll' }, leaf.boost);
    if (leaf.field === '_exists_') return boosted({ type: 'exists', field: textOfLeaf(leaf) }, leaf.boost);
    if (
      leaf.kind === 'exists' &&
      (leaf.field === '*' || (leaf.field === undefined && this.#defaultNames.includes('*')))
    ) {
      return boosted({ type: 'matchAll' }, leaf.boost);
    }
    if (leaf.field === '_id' && leaf.kind === 'text') return boosted({ type: 'ids', values: [leaf.text] }, leaf.boost);
    return leafQuery(leaf, this.#fieldsOf(leaf.field, leaf.kind === 'phrase'), this.#options);
  }

  #fieldsOf(name: string | undefined, isQuoted: boolean): readonly SearchedField[] {
    const known = isQuoted ? this.#quotedFields : this.#fields;
    let fields = known.get(name);
    if (fields === undefined) {
      const names = name === undefined ? this.#defaultNames : [name.replaceAll('\\', '')];
      fields = searchedFields(this.#mapping, names, isQuoted ? this.#query.quoteFieldSuffix : undefined);
      known.set(name, fields);
    }
    return fields;
  }
}

function fuzzyOptions({ fuzziness, prefixLength, maxExpansions, transpositions }: QueryStringQuery): FuzzyOptions {
  return {
    ...(fuzziness !== undefined && { fuzziness }),
    ...(prefixLength !== undefined && { prefixLength }),
    ...(maxExpansions !== undefined && { maxExpansions }),
    ...(transpositions !== undefined && { transpositions }),
  };
}

/** As Lucene's `QueryParserBase.escape` does. */
function escapeOperators(query: string): string {
  return query.replace(/[\\+\-!():^[\]"{}~*?|&/]/g, '\\$&');
}

function isExclusion(query: Query): query is Query & { readonly type: 'bool' } {
  return query.type === 'bool' && query.must.length + query.should.length === 0;
}

function textOfLeaf(leaf: SyntaxLeaf): string {
  if (leaf.kind === 'text' || leaf.kind === 'phrase') return leaf.text;
  if (leaf.kind === 'prefix') return `${leaf.text}*`;
  return leaf.kind === 'wildcard' ? leaf.pattern : '';
}
