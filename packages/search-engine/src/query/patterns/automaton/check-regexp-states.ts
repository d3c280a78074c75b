import type { Steps } from '../../../steps/steps.ts';
import type { RegexpTree } from '../regexp-tree.ts';
import { Automaton, MAX_CODE_POINT, ofAnyText, ofEmptyText, ofRange } from './automaton.ts';
import { checkDeterminized, determinize } from './determinize.ts';
import { hasGreatestLength } from './greatest-length.ts';
import { intersection } from './intersection.ts';
import { intervalAutomaton } from './interval-automaton.ts';
import { minimize } from './minimize.ts';
import {
  complement,
  concatenation,
  optional,
  repeatedBetween,
  repeatedFrom,
  repetition,
  reverse,
  union,
} from './operations.ts';
import { TooManyStates } from './refusals.ts';
import { StepWork } from './step-work.ts';
import { trim } from './trim.ts';
import { toUtf8 } from './utf8.ts';

/** Of what has one state, however often it comes. */
const MAX_TIMES = 100_000;

/**
 * Refuses a regular expression for which Lucene would need more than `maxStates` states, as `invalid-argument`: it makes deterministic each part, the whole, the whole
 * in bytes, and for its ending the same from the end.
 */
export function* checkRegexpStates(pattern: string, tree: RegexpTree, maxStates: number): Steps<void> {
  const parts = yield* automatonOf(pattern, tree, maxStates);
  if ((yield* trim(parts)).stateCount === 0) return;
  const whole = yield* determinize(parts, maxStates);
  const kept = yield* trim(whole);
  if (isTotal(kept) || isOneText(kept)) return;
  const isInfinite = !(yield* hasGreatestLength(kept));
  yield;
  const bytes = yield* toUtf8(whole);
  yield;
  if (isInfinite) yield* checkDeterminized(yield* reverse(bytes), maxStates);
  yield* checkDeterminized(bytes, maxStates);
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
      return ofAnyText();
    case 'nothing':
      return new Automaton();
    case 'emptyText':
      return ofEmptyText();
    case 'interval':
      return yield* intervalAutomaton(tree.low, tree.high);
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
      if (once.stateCount > 0) checkStates((once.stateCount - 1) * times, maxStates);
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
  const work = new StepWork();
  for (const tree of trees) {
    const automaton = yield* build(tree, maxStates);
    built.push(automaton);
    if (work.isDone(automaton.size)) yield;
  }
  return built;
}

/** Of one that stands among alternatives: characters are some of them. */
function leavesOf(tree: RegexpTree): readonly RegexpTree[] {
  if (tree.type !== 'characters' || tree.isNegated) return [tree];
  return tree.members.map((forms) => ({ ...tree, members: [forms] }));
}

/** A character is what it is in each of its forms. */
function* anyOf(members: readonly (readonly (readonly [number, number])[])[], maxStates: number): Steps<Automaton> {
  const built: Automaton[] = [];
  const work = new StepWork();
  for (const forms of members) {
    const ranges = forms.map(([first, last]) => ofRange(first, last));
    const automaton = yield* oneOf(ranges, maxStates);
    built.push(automaton);
    if (work.isDone(automaton.size)) yield;
  }
  return yield* oneOf(built, maxStates);
}

function* oneOf(automata: readonly Automaton[], maxStates: number): Steps<Automaton> {
  return automata.length === 1 ? automata[0]! : yield* minimize(yield* union(automata), maxStates);
}

/** Whether any text is one of its. Of one without states that lead nowhere. */
function isTotal(automaton: Automaton): boolean {
  return (
    automaton.isAccept(0) &&
    automaton.end(0) === 1 &&
    automaton.min(0) === 0 &&
    automaton.max(0) === MAX_CODE_POINT &&
    automaton.to(0) === 0
  );
}

function isOneText(automaton: Automaton): boolean {
  let state = 0;
  while (state < automaton.stateCount && isOneWay(automaton, state)) state++;
  return state === automaton.stateCount;
}

/** Whether a text ends there, or else goes on with one character. */
function isOneWay(automaton: Automaton, state: number): boolean {
  const start = automaton.start(state);
  const ways = automaton.end(state) - start;
  return automaton.isAccept(state) ? ways === 0 : ways === 1 && automaton.min(start) === automaton.max(start);
}
