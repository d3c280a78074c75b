import { hasWildcard, matchesPattern } from '../wildcards/wildcard.ts';

/**
 * The aliases that an expression matches: a part adds what its pattern matches, or, with `-` before it, takes away what the parts
 * before it have added.
 */
export function matchedAliases(expression: readonly string[], aliases: readonly string[]): readonly string[] {
  return aliases.filter((alias) => {
    let matched = false;
    for (const part of expression) {
      if (part.startsWith('-')) matched &&= !matches(part.slice(1), alias);
      else matched ||= matches(part, alias);
    }
    return matched;
  });
}

/**
 * The parts of an expression that name an alias outright, one that was not found and that no later part takes away; sorted. Before
 * the first wildcard, `-` begins a name like any other.
 */
export function missingAliases(expression: readonly string[], found: ReadonlySet<string>): readonly string[] {
  const wildcardAt = expression.findIndex(hasWildcard);
  const firstWildcard = wildcardAt < 0 ? expression.length : wildcardAt;
  const missing = expression.filter((part, position) => {
    if (part === '_all' || hasWildcard(part) || found.has(part)) return false;
    if (position > firstWildcard && part.startsWith('-')) return false;
    const later = expression.slice(Math.max(position + 1, firstWildcard));
    return !later.some((other) => other.startsWith('-') && matches(other.slice(1), part));
  });
  return [...new Set(missing)].sort();
}

function matches(pattern: string, alias: string): boolean {
  return pattern === '_all' || matchesPattern(pattern, alias);
}
