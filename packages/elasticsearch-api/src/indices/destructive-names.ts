import { illegalArgument } from '../errors/errors.ts';
import { hasWildcard } from '../wildcards/wildcard.ts';

/** Refuses an expression that names indices by a pattern, or names none, where `action.destructive_requires_name` asks for names. */
export function requireNames(expression: string | undefined, isRequired: boolean): void {
  const parts = (expression ?? '').split(',');
  if (!isRequired || !parts.some((part) => part === '' || part === '_all' || hasWildcard(part))) return;
  throw illegalArgument('Wildcard expressions or all indices are not allowed');
}
