import { manyByColumn } from './by-column.ts';
import type { Clause } from './clause.ts';
import type { AmountOf, ClauseTotals } from './clause-totals.ts';
import { IntervalTotals } from './interval-totals.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';
import { TermClause } from './term-clause.ts';
import { TermTotals } from './term-totals.ts';

/** Fewer terms or ranges of one column are asked about one by one. */
const LEAST_TOGETHER = 4;
/** More ranges make several tables: the time to make one grows with their square. */
const MOST_TOGETHER = 1024;

/** The totals of the terms and of the ranges of columns of which there are many, and the clauses that are left. */
export function totalsByColumn(
  clauses: readonly Clause[],
  amountOf: AmountOf,
): { readonly totals: readonly ClauseTotals[]; readonly others: readonly Clause[] } {
  if (clauses.length < LEAST_TOGETHER) return { totals: [], others: clauses };
  const totals: ClauseTotals[] = [];
  const together = new Set<Clause>();
  const terms = clauses.filter((clause) => clause instanceof TermClause);
  for (const [column, group] of manyByColumn(terms, LEAST_TOGETHER)) {
    totals.push(new TermTotals(column, group, amountOf));
    for (const term of group) together.add(term);
  }
  const ranges = clauses.filter((clause) => clause instanceof NumericRangeClause);
  for (const [column, group] of manyByColumn(ranges, LEAST_TOGETHER)) {
    for (let at = 0; at < group.length; at += MOST_TOGETHER) {
      totals.push(new IntervalTotals(column, group.slice(at, at + MOST_TOGETHER), amountOf));
    }
    for (const range of group) together.add(range);
  }
  return { totals, others: clauses.filter((clause) => !together.has(clause)) };
}
