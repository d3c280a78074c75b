import type { Steps } from '../../../steps/steps.ts';
import { type Automaton, visitStates } from './automaton.ts';

/** The transitions of an automaton by the states to which they lead. */
export interface Incoming {
  /** From which state each transition is. */
  readonly sources: Int32Array;
  /** Those to one state stand together: to state `n` from `ends[n - 1]`, or 0, to before `ends[n]`. */
  readonly transitions: Int32Array;
  readonly ends: Int32Array;
}

/** A counting sort of the transitions by their targets. */
export function* incomingOf(automaton: Automaton): Steps<Incoming> {
  const sources = new Int32Array(automaton.transitionCount);
  const transitions = new Int32Array(automaton.transitionCount);
  const ends = new Int32Array(automaton.stateCount);
  yield* visitStates(automaton, (state) => {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      sources[each] = state;
      const to = automaton.to(each);
      ends[to] = ends[to]! + 1;
    }
  });
  // What are counts so far becomes where those to each state start, and in the end where they end.
  let start = 0;
  yield* visitStates(automaton, (state) => {
    const count = ends[state]!;
    ends[state] = start;
    start += count;
  });
  yield* visitStates(automaton, (state) => {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      const to = automaton.to(each);
      const place = ends[to]!;
      transitions[place] = each;
      ends[to] = place + 1;
    }
  });
  return { sources, transitions, ends };
}

/** Where the transitions to a state start among all. */
export function incomingStart({ ends }: Incoming, state: number): number {
  return state === 0 ? 0 : ends[state - 1]!;
}
