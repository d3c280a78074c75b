import { sortInSteps } from '../../../steps/sort-in-steps.ts';
import type { Steps } from '../../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../../steps/visit-in-steps.ts';

/** A transition for the labels from `min` to `max`, both included: code points or bytes. */
export interface Transition {
  readonly min: number;
  readonly max: number;
  readonly to: number;
}

/** A state: whether a text may end there, and where it goes on, in the order of labels. */
export interface State {
  readonly isAccept: boolean;
  readonly transitions: readonly Transition[];
}

/** A finite automaton that starts in its first state; without states it accepts nothing. Labels of one state may overlap. */
export type Automaton = readonly State[];

/** Transitions that are sorted in one step. */
const STEP_TRANSITIONS = 2000;

export const MAX_CODE_POINT = 0x10ffff;

/** A state whose neighbouring labels to the same state are one transition. */
export function buildState(isAccept: boolean, transitions: readonly Transition[]): State {
  return { isAccept, transitions: merged([...transitions].sort(byTarget)).sort(byLabel) };
}

/** Does so with each: one may have thousands of transitions. */
export function* buildStates(states: readonly State[]): Steps<State[]> {
  const built: State[] = [];
  let stepTransitions = 0;
  for (const { isAccept, transitions } of states) {
    stepTransitions += transitions.length + 1;
    if (stepTransitions > STEP_TRANSITIONS) {
      stepTransitions = 0;
      yield;
      const sorted = yield* sortInSteps(transitions, byTarget);
      built.push({ isAccept, transitions: yield* sortInSteps(merged(sorted), byLabel) });
    } else built.push(buildState(isAccept, transitions));
  }
  return built;
}

function byTarget(a: Transition, b: Transition): number {
  return a.to - b.to || a.min - b.min;
}

function byLabel(a: Transition, b: Transition): number {
  return a.min - b.min || a.max - b.max || a.to - b.to;
}

function merged(transitions: readonly Transition[]): Transition[] {
  const merged: Transition[] = [];
  for (const next of transitions) {
    const last = merged.at(-1);
    if (last?.to === next.to && next.min <= last.max + 1) {
      merged[merged.length - 1] = { ...last, max: Math.max(last.max, next.max) };
    } else merged.push(next);
  }
  return merged;
}

/** The texts of one character within any of the ranges. */
export function ofRange(min: number, max: number): Automaton {
  return [buildState(false, [{ min, max, to: 1 }]), buildState(true, [])];
}

export const ANY_TEXT: Automaton = [buildState(true, [{ min: 0, max: MAX_CODE_POINT, to: 0 }])];

/** Whether no label of a state leads to two. */
export function isDeterministic(automaton: Automaton): boolean {
  return automaton.every(({ transitions }) =>
    transitions.every(({ min }, at) => at === 0 || min > transitions[at - 1]!.max),
  );
}

/** Without the states that are not reached, or from which no text can end. */
export function* trim(automaton: Automaton): Steps<Automaton> {
  const back: number[][] = automaton.map(() => []);
  yield* visitInSteps([...automaton.keys()], (from) => {
    for (const { to } of automaton[from]!.transitions) back[to]!.push(from);
  });
  const ends = [...automaton.keys()].filter((state) => automaton[state]!.isAccept);
  const ending = yield* reachable(ends, (state) => back[state]!);
  const reached = yield* reachable(automaton.length === 0 ? [] : [0], (state) =>
    automaton[state]!.transitions.map(({ to }) => to),
  );
  const names = new Map<number, number>();
  for (const state of automaton.keys()) if (reached.has(state) && ending.has(state)) names.set(state, names.size);
  return yield* mapInSteps([...names.keys()], (state) => {
    const { isAccept, transitions } = automaton[state]!;
    const kept = transitions.filter(({ to }) => names.has(to)).map((each) => ({ ...each, to: names.get(each.to)! }));
    return buildState(isAccept, kept);
  });
}

function* reachable(
  starts: readonly number[],
  neighbours: (state: number) => readonly number[],
): Steps<ReadonlySet<number>> {
  const found = new Set(starts);
  yield* visitInSteps(found, (state) => {
    for (const next of neighbours(state)) found.add(next);
  });
  return found;
}
