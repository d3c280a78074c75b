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
  const resolution = new Resolution(engine, options);
  let sawWildcard = false;
  for (const part of parts) {
    const name = resolveDateMathName(part.trim());
    if (sawWildcard && name.startsWith('-')) {
      resolution.exclude(name.slice(1));
      continue;
    }
    const wildcard = name === '_all' || hasWildcard(name);
    sawWildcard ||= wildcard;
    const before = resolution.size;
    if (wildcard) resolution.addMatching(name);
    else resolution.addNamed(name);
    if (wildcard && !options.allowNoIndices && resolution.size === before) throw indexNotFound(name);
  }
  if (resolution.size === 0 && !options.allowNoIndices) throw indexNotFound(parts.join(','), options.resourceType);
  const resolved = resolution.sorted();
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

/** What the parts of an expression have named so far. */
class Resolution {
  readonly #engine: Engine;
  readonly #options: IndicesOptions;
  /** All of them, once they are wanted. */
  #indices: readonly Index[] | undefined;
  readonly #found: Map<string, ResolvedIndex> = new Map();

  constructor(engine: Engine, options: IndicesOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  get size(): number {
    return this.#found.size;
  }

  sorted(): readonly ResolvedIndex[] {
    return [...this.#found.values()].sort((a, b) => (a.index.name < b.index.name ? -1 : 1));
  }

  #all(): readonly Index[] {
    this.#indices ??= this.#engine.indices();
    return this.#indices;
  }

  addMatching(name: string): void {
    const { skip, expandOpen, expandClosed, expandHidden, resolveAliases } = this.#options;
    const pattern = name === '_all' ? '*' : name;
    for (const index of this.#all()) {
      if (skip?.has(index.name)) continue;
      if (isClosed(this.#engine, index.name) ? !expandClosed : !expandOpen) continue;
      const aliases = resolveAliases
        ? Object.keys(index.aliases()).filter((alias) => pattern !== '*' && matchesPattern(pattern, alias))
        : [];
      const byName = matchesPattern(pattern, index.name) && (expandHidden || !isHidden(index, pattern));
      if (byName) this.#add(index, []);
      else if (aliases.length > 0) this.#add(index, aliases);
    }
  }

  addNamed(name: string): void {
    if (name.startsWith('_')) throw invalidIndexName(name, "must not start with '_'.");
    const index = this.#engine.index(name);
    if (index !== undefined) {
      this.#add(index, []);
      return;
    }
    const aliased = this.#aliased(name);
    if (aliased.length > 0 && this.#options.resolveAliases) {
      for (const each of aliased) this.#add(each, [name]);
    } else if (!this.#options.ignoreUnavailable) {
      throw aliased.length === 0 ? indexNotFound(name, this.#options.resourceType) : matchesAlias(name);
    }
  }

  /** compat: a name takes away the index of that name, and no other that has it as an alias; a pattern takes those away too. */
  exclude(name: string): void {
    if (hasWildcard(name)) {
      for (const index of this.#all()) if (isNamed(index, name)) this.#found.delete(index.name);
      return;
    }
    this.#found.delete(name);
    const isThere = this.#engine.index(name) !== undefined || this.#aliased(name).length > 0;
    if (!isThere && !this.#options.ignoreUnavailable) throw indexNotFound(name, this.#options.resourceType);
  }

  #aliased(alias: string): readonly Index[] {
    return this.#all().filter((index) => Object.hasOwn(index.aliases(), alias));
  }

  /** By aliases, or with none of them by itself. */
  #add(index: Index, aliases: readonly string[]): void {
    if (this.#options.forbidClosed && isClosed(this.#engine, index.name)) {
      if (this.#options.ignoreUnavailable) return;
      throw indexClosed(index.name, index.uuid);
    }
    const known = this.#found.get(index.name)?.viaAliases;
    const isByItself = aliases.length === 0 || known?.length === 0;
    this.#found.set(index.name, { index, viaAliases: isByItself ? [] : [...(known ?? []), ...aliases] });
  }
}

function matchesAlias(name: string): Error {
  return illegalArgument(
    `The provided expression [${name}] matches an alias, specify the corresponding concrete indices instead.`,
  );
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
