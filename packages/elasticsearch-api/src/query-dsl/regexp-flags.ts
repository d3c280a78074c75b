import type { RegexpOperator } from '@daybook/search-engine';
import { regexpOperators } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';

const byName: ReadonlyMap<string, readonly RegexpOperator[]> = new Map<string, readonly RegexpOperator[]>([
  ['INTERSECTION', ['intersection']],
  ['COMPLEMENT', ['complement']],
  ['EMPTY', ['empty']],
  ['ANYSTRING', ['anyString']],
  ['INTERVAL', ['interval']],
  ['NONE', []],
  ['ALL', regexpOperators],
]);

const bits: Readonly<Record<RegexpOperator, number>> = {
  intersection: 1,
  complement: 2,
  empty: 4,
  anyString: 8,
  automaton: 16,
  interval: 32,
};

/** The operators that `flags` names between `|`; undefined, which is all, where it says nothing. */
export function regexpOperatorsOf(flags: string | undefined): readonly RegexpOperator[] | undefined {
  if (flags === undefined || flags === '') return undefined;
  const names = flags.split('|').filter((name) => name !== '');
  return names.flatMap((name) => {
    const operators = byName.get(name.toUpperCase());
    if (operators === undefined) throw illegalArgument(`Unknown regexp flag [${name}]`);
    return operators;
  });
}

/** The operators whose bits `flags_value` has. */
export function regexpOperatorsOfBits(value: number): readonly RegexpOperator[] {
  return regexpOperators.filter((operator) => (value & bits[operator]) !== 0);
}
