import { DaybookError } from '@daybook/errors';
import type { Mapping } from '../../mapping/mapping.ts';

/** A field with the factor of its scores. */
export interface WeightedField {
  readonly path: string;
  readonly weight: number;
}

/** Fields named or matched by patterns, each pattern with an optional `^factor`; a field that is named again has the last factor, times those of patterns. */
export function expandFields(mapping: Mapping, patterns: readonly string[]): readonly WeightedField[] {
  const weights = new Map<string, number>();
  // compat: the same name or pattern again replaces the one before.
  const distinct = new Map(patterns.map(splitWeight).map(({ path, weight }) => [path, weight]));
  for (const [path, weight] of distinct) {
    const paths = path.includes('*') ? searchable(mapping, path) : [path];
    for (const each of paths) weights.set(each, (weights.get(each) ?? 1) * weight);
  }
  return [...weights].map(([path, weight]) => ({ path, weight }));
}

function searchable(mapping: Mapping, pattern: string): string[] {
  return mapping.matchingFields(pattern).filter((path) => {
    const field = mapping.field(path);
    return field?.indexed && field.type !== 'flattened';
  });
}

function splitWeight(pattern: string): WeightedField {
  const caret = pattern.indexOf('^');
  if (caret < 0) return { path: pattern, weight: 1 };
  const weight = Number(pattern.slice(caret + 1));
  if (Number.isNaN(weight) || pattern.length === caret + 1) {
    throw new DaybookError('invalid-argument', `[${pattern}] is no field with a boost; expected a number after ^`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  return { path: pattern.slice(0, caret), weight };
}
