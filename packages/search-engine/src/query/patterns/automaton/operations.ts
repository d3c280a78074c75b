import type { Steps } from '../../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../../steps/visit-in-steps.ts';
import {
  type Automaton,
  buildState,
  buildStates,
  MAX_CODE_POINT,
  type State,
  type Transition,
  trim,
} from './automaton.ts';
import { tooManyTransitions } from './determinize.ts';

/** Of one automaton: parts that may be empty are linked with all behind them, and an intersection has a state for each pair. */
const MAX_LINKS = 1_000_000;

/**
 * How automata are put together as Lucene does it (Operations, version 8.7): which states they have decides how many a deterministic one needs.
 */

/** States of a larger automaton that is being made; a copied one keeps the order of its states. */
class Builder {
  readonly #states: { isAccept: boolean; readonly transitions: Transition[] }[] = [];
  #linkCount = 0;

  get size(): number {
    return this.#states.length;
  }

  add(isAccept: boolean): number {
    this.#states.push({ isAccept, transitions: [] });
    return this.#states.length - 1;
  }

  /** Where its first state is now. */
  copy(automaton: Automaton, keepsEnds = true): number {
    const offset = this.size;
    for (const { isAccept, transitions } of automaton) {
      this.#states.push({ isAccept: isAccept && keepsEnds, transitions: moved(transitions, offset) });
    }
    return offset;
  }

  /** Lets a state go on as the first state of an automaton that has been copied there. */
  follow(from: number, { isAccept, transitions }: State, offset: number): void {
    this.#linkCount += transitions.length + 1;
    if (this.#linkCount > MAX_LINKS) throw tooManyTransitions(MAX_LINKS);
    const state = this.#states[from]!;
    for (const { min, max, to } of transitions) state.transitions.push({ min, max, to: to + offset });
    state.isAccept ||= isAccept;
  }

  accept(state: number): void {
    this.#states[state]!.isAccept = true;
  }

  build(): Steps<Automaton> {
    return buildStates(this.#states);
  }
}

function moved(transitions: readonly Transition[], offset: number): Transition[] {
  return transitions.map(({ min, max, to }) => ({ min, max, to: to + offset }));
}

export function* union(members: readonly Automaton[]): Steps<Automaton> {
  const builder = new Builder();
  builder.add(false);
  for (const member of members) {
    const offset = builder.copy(member);
    if (member.length > 0) builder.follow(0, member[0]!, offset);
  }
  return yield* trim(yield* builder.build());
}

export function* concatenation(parts: readonly Automaton[]): Steps<Automaton> {
  if (parts.some(({ length }) => length === 0)) return [];
  const builder = new Builder();
  const offsets = parts.map((part) => builder.copy(part, false));
  yield* visitInSteps([...parts.entries()], ([at, part]) => {
    for (const end of acceptStates(part)) {
      const from = offsets[at]! + end;
      let next = at + 1;
      // What accepts the empty text lets what stands behind it follow too.
      for (; next < parts.length; next++) {
        const { isAccept, transitions } = parts[next]![0]!;
        builder.follow(from, { isAccept: false, transitions }, offsets[next]!);
        if (!isAccept) break;
      }
      if (next === parts.length) builder.accept(from);
    }
  });
  return yield* builder.build();
}

export function optional(automaton: Automaton): Steps<Automaton> {
  const builder = new Builder();
  builder.add(true);
  const offset = builder.copy(automaton);
  if (automaton.length > 0) builder.follow(0, automaton[0]!, offset);
  return builder.build();
}

export function* repetition(automaton: Automaton): Steps<Automaton> {
  const [first] = automaton;
  if (first === undefined) return automaton;
  const builder = new Builder();
  builder.add(true);
  const offset = builder.copy(automaton);
  builder.follow(0, first, offset);
  for (const [state, { isAccept }] of automaton.entries()) {
    if (isAccept) builder.follow(offset + state, first, offset);
  }
  return yield* builder.build();
}

/** At least so often, which is once or more. */
export function* repeatedFrom(automaton: Automaton, least: number): Steps<Automaton> {
  return yield* concatenation([...Array<Automaton>(least).fill(automaton), yield* repetition(automaton)]);
}

/** From one number of times to another. */
export function* repeatedBetween(automaton: Automaton, least: number, most: number): Steps<Automaton> {
  if (least > most || automaton.length === 0) return least === 0 && least <= most ? [buildState(true, [])] : [];
  const start =
    least === 0
      ? [buildState(true, [])]
      : least === 1
        ? automaton
        : yield* concatenation(Array<Automaton>(least).fill(automaton));
  const builder = new Builder();
  builder.copy(start);
  let ends = acceptStates(start);
  for (let i = least; i < most; i++) {
    const offset = builder.copy(automaton);
    for (const end of ends) builder.follow(end, automaton[0]!, offset);
    ends = acceptStates(automaton).map((state) => state + offset);
  }
  return yield* builder.build();
}

function acceptStates(automaton: Automaton): number[] {
  return [...automaton.keys()].filter((state) => automaton[state]!.isAccept);
}

export function* intersection(one: Automaton, other: Automaton): Steps<Automaton> {
  if (one.length === 0 || other.length === 0) return [];
  const pairs: (readonly [number, number])[] = [[0, 0]];
  const names = new Map([['0,0', 0]]);
  const states: State[] = [];
  let linkCount = 0;
  yield* visitInSteps(pairs.values(), ([left, right]) => {
    const transitions: Transition[] = [];
    for (const a of one[left]!.transitions) {
      for (const b of other[right]!.transitions) {
        const [min, max] = [Math.max(a.min, b.min), Math.min(a.max, b.max)];
        if (min > max) continue;
        if (++linkCount > MAX_LINKS) throw tooManyTransitions(MAX_LINKS);
        const key = `${a.to},${b.to}`;
        if (!names.has(key)) {
          names.set(key, pairs.length);
          pairs.push([a.to, b.to]);
        }
        transitions.push({ min, max, to: names.get(key)! });
      }
    }
    states.push(buildState(one[left]!.isAccept && other[right]!.isAccept, transitions));
  });
  return yield* trim(states);
}

/** Of one whose labels do not overlap. */
export function* complement(automaton: Automaton): Steps<Automaton> {
  const dead = automaton.length;
  const states = yield* mapInSteps(automaton, ({ isAccept, transitions }) => {
    const gaps: Transition[] = [];
    let next = 0;
    for (const { min, max } of transitions) {
      if (min > next) gaps.push({ min: next, max: min - 1, to: dead });
      next = max + 1;
    }
    if (next <= MAX_CODE_POINT) gaps.push({ min: next, max: MAX_CODE_POINT, to: dead });
    return buildState(!isAccept, [...transitions, ...gaps]);
  });
  return yield* trim([...states, buildState(true, [{ min: 0, max: MAX_CODE_POINT, to: dead }])]);
}

/** The texts from their ends to their beginnings. */
export function* reverse(automaton: Automaton): Steps<Automaton> {
  const back: Transition[][] = automaton.map(() => []);
  yield* visitInSteps([...automaton.keys()], (from) => {
    for (const { min, max, to } of automaton[from]!.transitions) back[to]!.push({ min, max, to: from + 1 });
  });
  const first = acceptStates(automaton).flatMap((end) => back[end]!);
  if (first.length > MAX_LINKS) throw tooManyTransitions(MAX_LINKS);
  return yield* buildStates([
    { isAccept: automaton[0]?.isAccept === true, transitions: first },
    ...back.map((transitions, state) => ({ isAccept: state === 0, transitions })),
  ]);
}
