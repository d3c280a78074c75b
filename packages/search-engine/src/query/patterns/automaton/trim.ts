import type { Steps } from '../../../steps/steps.ts';
import { Automaton, visitStates } from './automaton.ts';
import { incomingOf, incomingStart } from './incoming.ts';
import { StepWork } from './step-work.ts';

const NONE = -1;

/** Without the states that are not reached, or from which no text can end. */
export function* trim(automaton: Automaton): Steps<Automaton> {
  const names = new Int32Array(automaton.stateCount).fill(NONE);
  const count = yield* nameUseful(automaton, names);
  if (count === automaton.stateCount) return automaton;
  const trimmed = new Automaton();
  yield* visitStates(automaton, (state) => {
    if (names[state] === NONE) return;
    trimmed.addState(automaton.isAccept(state));
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      const to = names[automaton.to(each)]!;
      if (to !== NONE) trimmed.link(automaton.min(each), automaton.max(each), to);
    }
  });
  return trimmed;
}

/** Gives the states that are kept their numbers, in their order. How many they are. */
function* nameUseful(automaton: Automaton, names: Int32Array): Steps<number> {
  const ending = yield* endingStates(automaton);
  const reached = yield* reachedStates(automaton);
  let count = 0;
  yield* visitStates(automaton, (state) => {
    if (reached.has(state) && ending.has(state)) names[state] = count++;
  });
  return count;
}

/** From which a text can end. */
function* endingStates(automaton: Automaton): Steps<Found> {
  const incoming = yield* incomingOf(automaton);
  const found = new Found(automaton.stateCount);
  yield* visitStates(automaton, (state) => {
    if (automaton.isAccept(state)) found.add(state);
  });
  yield* found.visit((state) => {
    const start = incomingStart(incoming, state);
    const end = incoming.ends[state]!;
    for (let at = start; at < end; at++) found.add(incoming.sources[incoming.transitions[at]!]!);
    return end - start;
  });
  return found;
}

function* reachedStates(automaton: Automaton): Steps<Found> {
  const found = new Found(automaton.stateCount);
  if (automaton.stateCount > 0) found.add(0);
  yield* found.visit((state) => {
    const start = automaton.start(state);
    const end = automaton.end(state);
    for (let each = start; each < end; each++) found.add(automaton.to(each));
    return end - start;
  });
  return found;
}

/** States that were found, in the order in which they were. */
class Found {
  readonly #isFound: Uint8Array;
  readonly #states: Int32Array;
  #count = 0;

  constructor(stateCount: number) {
    this.#isFound = new Uint8Array(stateCount);
    this.#states = new Int32Array(stateCount);
  }

  has(state: number): boolean {
    return this.#isFound[state] === 1;
  }

  add(state: number): void {
    if (this.#isFound[state] === 1) return;
    this.#isFound[state] = 1;
    this.#states[this.#count++] = state;
  }

  /** Visits those that were found and those that are found meanwhile; `visit` says at how many transitions it looked. */
  *visit(visit: (state: number) => number): Steps<void> {
    const work = new StepWork();
    for (let at = 0; at < this.#count; ) {
      at = this.#visitRun(at, visit, work);
      if (at < this.#count) yield;
    }
  }

  #visitRun(from: number, visit: (state: number) => number, work: StepWork): number {
    let at = from;
    while (at < this.#count) {
      if (work.isDone(visit(this.#states[at++]!) + 1)) break;
    }
    return at;
  }
}
