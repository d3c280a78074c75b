import { DaybookError } from '@daybook/errors';
import { sortInSteps } from '../../../steps/sort-in-steps.ts';
import type { Steps } from '../../../steps/steps.ts';
import { type Automaton, buildState, isDeterministic, type State, type Transition } from './automaton.ts';

/** Transitions that are taken apart in one step. */
const STEP_TRANSITIONS = 1000;
/** Of the sets of states that the new ones stand for, together: some ten MB. */
const MAX_MEMBERS = 1_000_000;

/** What a pattern needs more states for than it may have; `states` is that number. */
export class TooManyStates extends DaybookError {
  readonly states: number;

  constructor(what: string, states: number) {
    super('invalid-argument', `Determinizing ${what} would result in more than ${states} states.`, {
      detail: { reason: 'too_complex_to_determinize_exception' },
    });
    this.states = states;
  }
}

/** What is said of an automaton that would take too much memory, however many states it may have. */
export function tooManyTransitions(count: number): DaybookError {
  return new DaybookError('invalid-argument', `the regular expression needs more than ${count} transitions`, {
    detail: { reason: 'too_complex_to_determinize_exception' },
  });
}

/** The same texts by states whose labels do not overlap: each stands for a set of states. More than `maxStates` are refused. */
export function* determinize(automaton: Automaton, maxStates: number): Steps<Automaton> {
  if (automaton.length <= 1 || isDeterministic(automaton)) return automaton;
  const sets: number[][] = [[0]];
  const names = new Map([['0', 0]]);
  const states: State[] = [];
  let memberCount = 0;
  let stepTransitions = 0;
  for (const set of sets) {
    const apart = set.flatMap((state) => automaton[state]!.transitions);
    stepTransitions += apart.length + 1;
    if (stepTransitions > STEP_TRANSITIONS) {
      stepTransitions = 0;
      yield;
    }
    const transitions: Transition[] = [];
    for (const { min, max, to } of yield* piecesOf(apart)) {
      const key = to.join();
      let name = names.get(key);
      if (name === undefined) {
        name = sets.length;
        memberCount += to.length;
        if (name >= maxStates || memberCount > MAX_MEMBERS)
          throw new TooManyStates(nameOf(automaton), Math.min(maxStates, name));
        names.set(key, name);
        sets.push(to);
      }
      transitions.push({ min, max, to: name });
    }
    states.push(
      buildState(
        set.some((state) => automaton[state]!.isAccept),
        transitions,
      ),
    );
  }
  return states;
}

function nameOf(automaton: Automaton): string {
  const transitions = automaton.reduce((sum, state) => sum + state.transitions.length, 0);
  return `automaton with ${automaton.length} states and ${transitions} transitions`;
}

/** Labels of some transitions, and the states to which they lead. */
interface Piece {
  readonly min: number;
  readonly max: number;
  readonly to: number[];
}

/** The pieces between the ends of labels; there may be any number of transitions. */
function* piecesOf(transitions: readonly Transition[]): Steps<Piece[]> {
  const ends = yield* sortInSteps(new Set(transitions.flatMap(({ min, max }) => [min, max + 1])), (a, b) => a - b);
  const waiting = yield* sortInSteps(transitions, (a, b) => a.min - b.min);
  const pieces: Piece[] = [];
  let open: Transition[] = [];
  let at = 0;
  let stepTransitions = 0;
  for (const [index, min] of ends.entries()) {
    stepTransitions += open.length;
    if (stepTransitions > STEP_TRANSITIONS) {
      stepTransitions = 0;
      yield;
    }
    open = open.filter(({ max }) => max >= min);
    while (waiting[at]?.min === min) open.push(waiting[at++]!);
    if (open.length === 0) continue;
    const to = [...new Set(open.map((each) => each.to))].sort((a, b) => a - b);
    pieces.push({ min, max: ends[index + 1]! - 1, to });
  }
  return pieces;
}
