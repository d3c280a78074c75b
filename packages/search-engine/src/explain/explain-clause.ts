import { javaFloat } from '../numbers/java-float.ts';
import type { Clause } from '../query/clauses/clause.ts';
import type { CompiledQuery } from '../query/compile/compile-query.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import type { Query } from '../query/query.ts';
import { describeQuery } from './describe-query.ts';
import { explainFunctionScore } from './explain-function-score.ts';
import { explainTerm } from './explain-term.ts';
import { type Explanation, explained } from './explanation.ts';

/** How documents came to their scores, as Lucene tells it. */
export class ClauseExplainer {
  readonly #index: Searchable;
  readonly #compiled: CompiledQuery;
  readonly #nowMs: number;

  constructor(index: Searchable, compiled: CompiledQuery, nowMs: number) {
    this.#index = index;
    this.#compiled = compiled;
    this.#nowMs = nowMs;
  }

  /** Of a document that matches. */
  explain(doc: number): Explanation {
    return this.#explain(this.#compiled.clause, doc);
  }

  #explain(clause: Clause, doc: number): Explanation {
    const { composition } = clause;
    const value = clause.score(doc);
    if (composition === undefined) return explained(value, this.#describe(clause, value));
    if (composition.kind === 'term') return explainTerm(composition, this.#termLabel(clause), doc);
    if (composition.kind === 'functionScore') {
      const query = this.#explain(composition.query, doc);
      if (composition.functions.length === 0) return query;
      return explainFunctionScore(composition, query, this.#filterText, doc);
    }
    if (composition.kind === 'max') {
      const { clauses, tieBreaker } = composition;
      const how = tieBreaker === 0 ? 'max of:' : `max plus ${javaFloat(tieBreaker)} times others of:`;
      return explained(value, how, this.#matching(clauses, doc));
    }
    const { must, should, filter } = composition;
    if (must.length + should.length === 0) return explained(value, this.#describe(clause, value));
    const scored = [...this.#matching(must, doc), ...this.#matching(should, doc)];
    const required = filter.map((each) =>
      explained(0, 'match on required clause, product of:', [
        explained(0, '# clause'),
        explained(1, this.#describe(each, 1)),
      ]),
    );
    const [only] = scored;
    // compat: Lucene rewrites a clause that stands alone to itself.
    if (must.length + should.length === 1 && only !== undefined && required.length === 0) return only;
    return explained(value, 'sum of:', [...scored, ...required]);
  }

  #matching(clauses: readonly Clause[], doc: number): readonly Explanation[] {
    return clauses.filter((each) => each.matches(doc)).map((each) => this.#explain(each, doc));
  }

  /** A clause whose documents all score alike. */
  #describe(clause: Clause, score: number): string {
    const boost = score === 1 ? '' : `^${javaFloat(score)}`;
    const query = this.#compiled.origins.get(clause);
    return query === undefined ? `ConstantScore()${boost}` : constantText(this.#text, query) + boost;
  }

  /** A query without its boost, and those of fields. */
  readonly #text = (query: Query): string => describeQuery(this.#index, { ...query, boost: 1 }, this.#nowMs, false);

  /** The filter of a function, with its boost. */
  readonly #filterText = (query: Query): string => {
    if (query.type === 'terms') return constantText(this.#text, query);
    const isOnlyFilter = query.type === 'bool' && query.filter.length === 1 && countOf(query) === 1;
    if (isOnlyFilter) return `(${constantText(this.#text, query)})^0.0`;
    return describeQuery(this.#index, query, this.#nowMs);
  };

  #termLabel(clause: Clause): string {
    const composition = clause.composition;
    if (composition?.kind !== 'term') return '';
    const { column } = composition;
    return column === undefined
      ? this.#describe(clause, 1)
      : composition.label(this.#index.data.columnName(column) ?? '');
  }
}

function countOf({ must, filter, should, mustNot }: Query & { type: 'bool' }): number {
  return must.length + filter.length + should.length + mustNot.length;
}

const SYNONYM = /^Synonym\((.*)\)$/;

/** compat: Lucene rewrites a few terms, or words that stand for each other, to alternatives, and a query without scores to a constant one, before it explains. */
function constantText(text: (query: Query) => string, query: Query): string {
  if (query.type === 'terms') {
    const terms = query.values.map((value) => text({ type: 'term', field: query.field, value }));
    return `ConstantScore(${terms.join(' ')})`;
  }
  if (query.type === 'ids') return `ConstantScore(${query.values.map((id) => `_id:${id}`).join(' ')})`;
  if (query.type !== 'bool') return text(query).replace(SYNONYM, '$1');
  const [only] = query.filter;
  return `ConstantScore(${query.filter.length === 1 && only !== undefined ? text(only) : text(query)})`;
}
