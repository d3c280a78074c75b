import type { Steps } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { ExactNumber, writeExactJson } from './exact-json.ts';
import { emptyObject, type JsonTree } from './json.ts';
import { RawJson } from './raw-json.ts';
import { isArray, weigh } from './weigh.ts';

type Path = readonly string[];

/** Names of one path: each `**` multiplies the ways in which the rest may match. */
const maxNames = 20;

/** A value of about so many characters is filtered in one step. */
const STEP_CHARS = 65_536;

/**
 * `filter_path`: keeps the parts of an answer that a path names. `*` stands for one name or a part of it, `**` for any
 * number of names; a path with a leading `-` takes away instead. Arrays are passed through, as if they were not there.
 */
export function* filterPath(tree: JsonTree, filters: readonly string[]): Steps<JsonTree> {
  for (const filter of filters) checkLength(filter);
  const includes = filters.filter((filter) => !filter.startsWith('-')).map((filter) => filter.split('.'));
  const excludes = filters.filter((filter) => filter.startsWith('-')).map((filter) => filter.slice(1).split('.'));
  const included = includes.length === 0 ? tree : yield* selectInSteps(tree, new Selection(includes, false));
  const result = excludes.length === 0 ? included : yield* selectInSteps(included, new Selection(excludes, true));
  return result ?? {};
}

function checkLength(filter: string): void {
  const names = filter.split('.').length;
  if (names > maxNames)
    throw illegalArgument(`[filter_path] has a path of [${names}] names, at most [${maxNames}] are allowed`);
}

/** What paths choose of a value. */
class Selection {
  /** Whether the paths say what is left out, so that what they do not lead to stays. */
  readonly isExclusion: boolean;
  readonly isWhole: boolean;
  readonly #paths: readonly Path[];
  readonly #members = new Map<string, Selection | undefined>();

  constructor(paths: readonly Path[], isExclusion: boolean) {
    this.#paths = paths;
    this.isExclusion = isExclusion;
    this.isWhole = isExclusion
      ? paths.length === 0
      : paths.some((path) => path.length === 0 || (path.length === 1 && path[0] === '**'));
  }

  /** Of the member of that name; undefined where nothing is chosen. */
  member(name: string): Selection | undefined {
    let member = this.#members.get(name);
    if (member === undefined && !this.#members.has(name)) {
      member = this.#advanced(advance(this.#paths, name));
      this.#members.set(name, member);
    }
    return member;
  }

  #advanced(rest: readonly Path[]): Selection | undefined {
    const isNothing = this.isExclusion ? rest.some((path) => path.length === 0) : rest.length === 0;
    return isNothing ? undefined : new Selection(rest, this.isExclusion);
  }
}

/** Empty objects and arrays that filtering leaves vanish, as in Elasticsearch: they are undefined. */
function select(tree: JsonTree, selection: Selection): JsonTree {
  if (selection.isWhole) return tree;
  if (tree instanceof RawJson) return selectRaw(tree, selection);
  if (typeof tree !== 'object' || tree === null || tree instanceof ExactNumber)
    return selection.isExclusion ? tree : undefined;
  if (isArray(tree)) {
    return unlessEmpty(tree.map((element) => select(element, selection)).filter((element) => element !== undefined));
  }
  const kept = emptyObject<JsonTree>();
  for (const [name, value] of Object.entries(tree)) {
    const member = value === undefined ? undefined : selection.member(name);
    const selected = member === undefined ? undefined : select(value, member);
    if (selected !== undefined) kept[name] = selected;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function selectRaw(tree: RawJson, selection: Selection): JsonTree {
  const selected = select(tree.parse() as JsonTree, selection);
  return selected === undefined ? undefined : new RawJson(writeExactJson(selected));
}

/** As {@link select}, of what may be large. */
function* selectInSteps(tree: JsonTree, selection: Selection): Steps<JsonTree> {
  const isLarge =
    typeof tree === 'object' && tree !== null && !(tree instanceof RawJson) && weigh(tree, STEP_CHARS) < 0;
  if (!isLarge || selection.isWhole) return select(tree, selection);
  if (isArray(tree)) {
    const elements: JsonTree[] = [];
    for (const element of tree) {
      const selected = yield* selectInSteps(element, selection);
      if (selected !== undefined) elements.push(selected);
      yield;
    }
    return unlessEmpty(elements);
  }
  const kept = emptyObject<JsonTree>();
  for (const [name, value] of Object.entries(tree)) {
    const member = value === undefined ? undefined : selection.member(name);
    const selected = member === undefined ? undefined : yield* selectInSteps(value, member);
    if (selected !== undefined) kept[name] = selected;
    yield;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function unlessEmpty(elements: readonly JsonTree[]): JsonTree {
  return elements.length === 0 ? undefined : elements;
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
