import { DaybookError } from '@daybook/errors';
import type { Steps } from '../../../steps/steps.ts';
import type { RegexpTree } from '../regexp-tree.ts';
import { ANY_TEXT, type Automaton, buildState, MAX_CODE_POINT, ofRange, trim } from './automaton.ts';
import { determinize, TooManyStates } from './determinize.ts';
import { intervalAutomaton } from './interval-automaton.ts';
import { minimize } from './minimize.ts';
import {
  complement,
  concatenation,
  intersection,
  optional,
  repeatedBetween,
  repeatedFrom,
  repetition,
  reverse,
  union,
} from './operations.ts';
import { toUtf8 } from './utf8.ts';

/** compat: of a path on which no state comes twice. */
const MAX_DEPTH = 1000;
/** Of what has one state, however often it comes. */
const MAX_TIMES = 100_000;

/**
 * Refuses a regular expression for which Lucene would need more than `maxStates` states, as `invalid-argument`: it makes deterministic each part, the whole, the whole
 * in bytes, and for its ending the same from the end.
 */
export function* checkRegexpStates(pattern: string, tree: RegexpTree, maxStates: number): Steps<void> {
  const parts = yield* automatonOf(pattern, tree, maxStates);
  if ((yield* trim(parts)).length === 0) return;
  const whole = yield* determinize(parts, maxStates);
  const kept = yield* trim(whole);
  if (isTotal(kept) || isOneText(kept)) return;
  const isInfinite = !hasGreatestLength(kept);
  const bytes = yield* toUtf8(whole);
  if (isInfinite) yield* determinize(yield* reverse(bytes), maxStates);
  yield* determinize(bytes, maxStates);
}

function* automatonOf(pattern: string, tree: RegexpTree, maxStates: number): Steps<Automaton> {
  try {
    return yield* build(tree, maxStates);
  } catch (error) {
    throw error instanceof TooManyStates ? new TooManyStates(pattern, error.states) : error;
  }
}

function* build(tree: RegexpTree, maxStates: number): Steps<Automaton> {
  switch (tree.type) {
    case 'anyCharacter':
      return ofRange(0, MAX_CODE_POINT);
    case 'anyText':
      return ANY_TEXT;
    case 'nothing':
      return [];
    case 'emptyText':
      return [buildState(true, [])];
    case 'interval':
      return intervalAutomaton(tree.low, tree.high);
    case 'characters': {
      const any = yield* anyOf(tree.members, maxStates);
      if (!tree.isNegated) return any;
      const others = yield* minimize(yield* complement(yield* determinize(any, maxStates)), maxStates);
      return yield* minimize(yield* intersection(ofRange(0, MAX_CODE_POINT), others), maxStates);
    }
    case 'sequence':
      return yield* minimize(yield* concatenation(yield* buildAll(tree.members, maxStates)), maxStates);
    case 'union':
      return yield* minimize(yield* union(yield* buildAll(tree.members.flatMap(leavesOf), maxStates)), maxStates);
    case 'intersection': {
      const [last, ...others] = (yield* buildAll(tree.members, maxStates)).reverse();
      let all = last!;
      for (const other of others) all = yield* minimize(yield* intersection(other, all), maxStates);
      return all;
    }
    case 'optional':
      return yield* minimize(yield* optional(yield* build(tree.of, maxStates)), maxStates);
    case 'complement':
      return yield* minimize(
        yield* complement(yield* determinize(yield* build(tree.of, maxStates), maxStates)),
        maxStates,
      );
    case 'repetition': {
      const once = yield* build(tree.of, maxStates);
      const { least, most } = tree;
      if (least === 0 && most === undefined) return yield* minimize(yield* repetition(once), maxStates);
      const times = most ?? least;
      if (once.length > 0) checkStates((once.length - 1) * times, maxStates);
      checkStates(times, MAX_TIMES);
      return most === undefined
        ? yield* minimize(yield* repeatedFrom(once, least), maxStates)
        : yield* repeatedBetween(once, least, most);
    }
  }
}

function checkStates(states: number, maxStates: number): void {
  if (states > maxStates) throw new TooManyStates('it', states);
}

function* buildAll(trees: readonly RegexpTree[], maxStates: number): Steps<Automaton[]> {
  const built: Automaton[] = [];
  for (const tree of trees) built.push(yield* build(tree, maxStates));
  return built;
}

/** Of one that stands among alternatives: characters are some of them. */
function leavesOf(tree: RegexpTree): readonly RegexpTree[] {
  if (tree.type !== 'characters' || tree.isNegated) return [tree];
  return tree.members.map((forms) => ({ ...tree, members: [forms] }));
}

/** A character is what it is in each of its forms. */
function* anyOf(members: readonly (readonly (readonly [number, number])[])[], maxStates: number): Steps<Automaton> {
  const each: Automaton[] = [];
  for (const forms of members)
    each.push(
      yield* oneOf(
        forms.map(([first, last]) => ofRange(first, last)),
        maxStates,
      ),
    );
  return yield* oneOf(each, maxStates);
}

function* oneOf(automata: readonly Automaton[], maxStates: number): Steps<Automaton> {
  return automata.length === 1 ? automata[0]! : yield* minimize(yield* union(automata), maxStates);
}

/** Of one without states that lead nowhere. */
function isTotal(automaton: Automaton): boolean {
  const [{ min, max, to } = { min: -1, max: -1, to: -1 }, ...others] = automaton[0]!.transitions;
  return automaton[0]!.isAccept && others.length === 0 && min === 0 && max === MAX_CODE_POINT && to === 0;
}

function isOneText(automaton: Automaton): boolean {
  const ways = (at: number): number => automaton[at]!.transitions.length;
  return automaton.every(({ isAccept, transitions }, at) => {
    const [only] = transitions;
    return isAccept ? ways(at) === 0 : ways(at) === 1 && only!.min === only!.max;
  });
}

/** Of one without states that lead nowhere: whether its texts have a greatest length. Throws `invalid-argument` where Lucene would go too deep to find out. */
function hasGreatestLength(automaton: Automaton): boolean {
  const seen = new Set([0]);
  const path = [{ state: 0, next: 0 }];
  const onPath = new Set([0]);
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    const to = automaton[last.state]!.transitions[last.next++]?.to;
    if (to === undefined) {
      onPath.delete(last.state);
      path.pop();
    } else if (onPath.has(to)) return false;
    else if (!seen.has(to)) {
      if (path.length > MAX_DEPTH) throw tooDeep(path.length);
      seen.add(to);
      onPath.add(to);
      path.push({ state: to, next: 0 });
    }
  }
  return true;
}

function tooDeep(depth: number): DaybookError {
  return new DaybookError('invalid-argument', `input automaton is too large: ${depth}`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}
