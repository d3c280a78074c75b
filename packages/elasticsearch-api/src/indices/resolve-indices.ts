import { type Engine, type Index, refuseBlocked } from '@daybook/search-engine';
import { illegalArgument, indexClosed, indexNotFound } from '../errors/errors.ts';
import { hasWildcard, matchesPattern } from '../wildcards/wildcard.ts';
import { isClosed } from './closed-indices.ts';
import { resolveDateMathName } from './date-math-name.ts';
import { invalidIndexName } from './index-name.ts';
import type { IndicesOptions } from './indices-options.ts';
import { settingOf } from './settings.ts';

/** An index that an expression names, and the aliases by which it does; none when its own name or a wildcard did. */
export interface ResolvedIndex {
  readonly index: Index;
  readonly viaAliases: readonly string[];
}

/**
 * Resolves a multi-index expression, or the list of its parts: names, aliases, date math, `*` patterns, `-` exclusions after a pattern, `_all`; nothing
 * means all. Sorted by name. A name that is missing is `not-found` unless the options say otherwise, an index that refuses what is to be done to it
 * `forbidden` or `limit-exceeded`.
 */
export function resolveIndices(
  engine: Engine,
  expression: string | readonly string[] | undefined,
  options: IndicesOptions,
): readonly ResolvedIndex[] {
  const given = typeof expression === 'string' ? splitExpression(expression) : (expression ?? []);
  const parts = given.length === 0 || expression === '' ? ['_all'] : given;
  const found = new Map<string, ResolvedIndex>();
  const indices = engine.indices();
  let sawWildcard = false;
  for (const part of parts) {
    const name = resolveDateMathName(part.trim());
    if (sawWildcard && name.startsWith('-')) {
      exclude(engine, indices, name.slice(1), options, found);
      continue;
    }
    const wildcard = name === '_all' || hasWildcard(name);
    sawWildcard ||= wildcard;
    const before = found.size;
    if (wildcard) addMatching(engine, indices, name, options, found);
    else addNamed(engine, indices, name, options, found);
    if (wildcard && !options.allowNoIndices && found.size === before) throw indexNotFound(name);
  }
  if (found.size === 0 && !options.allowNoIndices) throw indexNotFound(parts.join(','), options.resourceType);
  const resolved = [...found.values()].sort((a, b) => (a.index.name < b.index.name ? -1 : 1));
  refuseBlockedIndices(
    options.operation,
    resolved.map(({ index }) => index),
  );
  return resolved;
}

/** compat: commas at the end do not count. */
function splitExpression(expression: string): readonly string[] {
  const parts = expression.split(',');
  while (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
  return parts;
}

/** Refuses what one of the indices is blocked for. */
export function refuseBlockedIndices(operation: IndicesOptions['operation'], indices: readonly Index[]): void {
  if (operation === 'none') return;
  refuseBlocked(
    operation,
    indices.map((index) => ({ index: index.name, blocks: index.blocks() })),
  );
}

function addMatching(
  engine: Engine,
  indices: readonly Index[],
  name: string,
  options: IndicesOptions,
  found: Map<string, ResolvedIndex>,
): void {
  const pattern = name === '_all' ? '*' : name;
  for (const index of indices) {
    if (options.skip?.has(index.name)) continue;
    const closed = isClosed(engine, index.name);
    if (closed ? !options.expandClosed : !options.expandOpen) continue;
    const aliases = options.resolveAliases
      ? Object.keys(index.aliases()).filter((alias) => pattern !== '*' && matchesPattern(pattern, alias))
      : [];
    const byName = matchesPattern(pattern, index.name) && (options.expandHidden || !isHidden(index, pattern));
    if (!byName && aliases.length === 0) continue;
    if (closed && isPassedOver(index, options)) continue;
    if (byName) found.set(index.name, { index, viaAliases: [] });
    else add(found, index, aliases);
  }
}

function addNamed(
  engine: Engine,
  indices: readonly Index[],
  name: string,
  options: IndicesOptions,
  found: Map<string, ResolvedIndex>,
): void {
  if (name.startsWith('_')) throw invalidIndexName(name, "must not start with '_'.");
  const index = engine.index(name);
  const aliased = index === undefined ? indices.filter((each) => Object.hasOwn(each.aliases(), name)) : [];
  if (index === undefined && (aliased.length === 0 || !options.resolveAliases)) {
    if (options.ignoreUnavailable) return;
    throw aliased.length === 0 ? indexNotFound(name, options.resourceType) : matchesAlias(name);
  }
  for (const target of index === undefined ? aliased : [index]) {
    if (isClosed(engine, target.name) && isPassedOver(target, options)) continue;
    if (index === undefined) add(found, target, [name]);
    else found.set(target.name, { index: target, viaAliases: [] });
  }
}

/** Of a closed index; where it is forbidden to name one, that is an error unless unavailable ones are ignored. */
function isPassedOver({ name, uuid }: Index, { forbidClosed, ignoreUnavailable }: IndicesOptions): boolean {
  if (forbidClosed && !ignoreUnavailable) throw indexClosed(name, uuid);
  return forbidClosed;
}

function matchesAlias(name: string): Error {
  return illegalArgument(
    `The provided expression [${name}] matches an alias, specify the corresponding concrete indices instead.`,
  );
}

function add(found: Map<string, ResolvedIndex>, index: Index, aliases: readonly string[]): void {
  const known = found.get(index.name);
  if (known !== undefined && known.viaAliases.length === 0) return;
  found.set(index.name, { index, viaAliases: [...(known?.viaAliases ?? []), ...aliases] });
}

/** compat: a name takes away the index of that name, and no other that has it as an alias; a pattern takes those away too. */
function exclude(
  engine: Engine,
  indices: readonly Index[],
  name: string,
  options: IndicesOptions,
  found: Map<string, ResolvedIndex>,
): void {
  if (hasWildcard(name)) {
    for (const index of indices) if (isNamed(index, name)) found.delete(index.name);
    return;
  }
  found.delete(name);
  const isThere = engine.index(name) !== undefined || indices.some((index) => Object.hasOwn(index.aliases(), name));
  if (!isThere && !options.ignoreUnavailable) throw indexNotFound(name, options.resourceType);
}

function isNamed(index: Index, pattern: string): boolean {
  return (
    matchesPattern(pattern, index.name) || Object.keys(index.aliases()).some((alias) => matchesPattern(pattern, alias))
  );
}

function isHidden(index: Index, pattern: string): boolean {
  if (pattern.startsWith('.') && index.name.startsWith('.')) return false;
  return settingOf(index, 'hidden') === 'true';
}
