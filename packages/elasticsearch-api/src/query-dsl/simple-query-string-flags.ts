import type { QueryValue, SimpleOperator } from '@daybook/search-engine';
import { simpleOperators } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';

const byName: ReadonlyMap<string, SimpleOperator> = new Map([
  ...simpleOperators.map((operator) => [operator.toUpperCase(), operator] as const),
  ['SLOP', 'near'],
]);

/** The operators that `flags` leave on: names between `|`, or a number whose bits stand for them in the order of `simpleOperators`. */
export function parseFlags(flags: QueryValue): readonly SimpleOperator[] {
  if (typeof flags === 'number') {
    // compat: any negative number is all of them.
    return flags < 0 ? simpleOperators : simpleOperators.filter((_, bit) => (flags & (1 << bit)) !== 0);
  }
  if (flags === '') return simpleOperators;
  const operators = new Set<SimpleOperator>();
  for (const flag of String(flags).split('|')) {
    const name = flag.toUpperCase();
    const operator = byName.get(name);
    if (name === 'NONE') return [];
    if (name === 'ALL') return simpleOperators;
    if (operator !== undefined) operators.add(operator);
    else if (flag !== '') throw illegalArgument(`Unknown simple_query_string flag [${flag}]`);
  }
  return [...operators];
}
