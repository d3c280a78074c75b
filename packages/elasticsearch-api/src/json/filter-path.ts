import { illegalArgument } from '../errors/errors.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { emptyObject, type JsonTree } from './json.ts';
import { RawJson } from './raw-json.ts';

type Path = readonly string[];

/** Names of one path: each `**` multiplies the ways in which the rest may match. */
const maxNames = 20;

/**
 * `filter_path`: keeps the parts of an answer that a path names. `*` stands for one name or a part of it, `**` for any
 * number of names; a path with a leading `-` takes away instead. Arrays are passed through, as if they were not there.
 */
export function filterPath(tree: JsonTree, filters: readonly string[]): JsonTree {
  for (const filter of filters) checkLength(filter);
  const includes = filters.filter((filter) => !filter.startsWith('-')).map((filter) => filter.split('.'));
  const excludes = filters.filter((filter) => filter.startsWith('-')).map((filter) => filter.slice(1).split('.'));
  const included = includes.length === 0 ? tree : keep(tree, includes);
  const result = excludes.length === 0 ? included : drop(included, excludes);
  return result ?? {};
}

function checkLength(filter: string): void {
  const names = filter.split('.').length;
  if (names > maxNames)
    throw illegalArgument(`[filter_path] has a path of [${names}] names, at most [${maxNames}] are allowed`);
}

function keep(tree: JsonTree, paths: readonly Path[]): JsonTree {
  if (paths.some((path) => path.length === 0 || (path.length === 1 && path[0] === '**'))) return tree;
  return walk(tree, (name, value) => {
    const rest = advance(paths, name);
    return rest.length === 0 ? undefined : keep(value, rest);
  });
}

function drop(tree: JsonTree, paths: readonly Path[]): JsonTree {
  return walk(tree, (name, value) => {
    const rest = advance(paths, name);
    if (rest.some((path) => path.length === 0)) return undefined;
    return rest.length === 0 || typeof value !== 'object' ? value : drop(value, rest);
  });
}

/** Empty objects and arrays that filtering leaves vanish, as in Elasticsearch. */
function walk(tree: JsonTree, visit: (name: string, value: JsonTree) => JsonTree): JsonTree {
  if (tree instanceof RawJson) return walk(tree.parse() as JsonTree, visit);
  if (Array.isArray(tree)) {
    const kept = tree.map((element) => walk(element, visit)).filter((element) => element !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (typeof tree !== 'object' || tree === null) return undefined;
  const result = emptyObject<JsonTree>();
  for (const [name, value] of Object.entries(tree)) {
    const kept = value === undefined ? undefined : visit(name, value);
    if (kept !== undefined) result[name] = kept;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function advance(paths: readonly Path[], name: string): Path[] {
  const rest = new Map<string, Path>();
  const add = (path: Path): void => void rest.set(path.join('.'), path);
  for (const path of paths) {
    const [head, ...tail] = path;
    if (head === undefined) continue;
    if (head === '**') {
      add(path);
      if (tail[0] !== undefined && matchesPattern(tail[0], name)) add(tail.slice(1));
    } else if (matchesPattern(head, name)) {
      add(tail);
    }
  }
  return [...rest.values()];
}
