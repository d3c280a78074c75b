/** The clauses of each column of which there are `least` or more. */
export function manyByColumn<T extends { readonly column: object }>(
  clauses: readonly T[],
  least: number,
): readonly (readonly [T['column'], readonly T[]])[] {
  const groups = new Map<T['column'], T[]>();
  for (const clause of clauses) {
    const group = groups.get(clause.column) ?? [];
    groups.set(clause.column, group);
    group.push(clause);
  }
  return [...groups].filter(([, group]) => group.length >= least);
}
