import type { Steps } from '../../../steps/steps.ts';
import { IntList } from './int-list.ts';
import { StepWork } from './step-work.ts';

export const MAX_CODE_POINT = 0x10ffff;
/** What an automaton takes besides its states. */
const LEAST_WORK = 32;

/**
 * A finite automaton that starts in its first state; without states it accepts nothing. States and transitions are numbers from 0; those of a state
 * stand together, in the order of their labels, which are code points or bytes from `min` to `max`, both included. Labels of one state may overlap.
 */
export class Automaton {
  readonly #starts = new IntList();
  readonly #accepts = new IntList();
  readonly #min = new IntList();
  readonly #max = new IntList();
  readonly #to = new IntList();

  get stateCount(): number {
    return this.#starts.length;
  }

  get transitionCount(): number {
    return this.#to.length;
  }

  /** How much work it is to make or copy, in transitions. */
  get size(): number {
    return LEAST_WORK + this.stateCount + this.transitionCount;
  }

  /** Whether a text may end there. */
  isAccept(state: number): boolean {
    return this.#accepts.at(state) === 1;
  }

  /** The first transition of a state. */
  start(state: number): number {
    return this.#starts.at(state);
  }

  /** Behind the last transition of a state. */
  end(state: number): number {
    return state + 1 < this.#starts.length ? this.#starts.at(state + 1) : this.#to.length;
  }

  min(transition: number): number {
    return this.#min.at(transition);
  }

  max(transition: number): number {
    return this.#max.at(transition);
  }

  to(transition: number): number {
    return this.#to.at(transition);
  }

  /** The transitions of the state before it are all there. */
  addState(isAccept: boolean): void {
    this.#starts.push(this.#to.length);
    this.#accepts.push(isAccept ? 1 : 0);
  }

  /** Of the last state, in the order of labels: neighbouring ones to the same state are one transition. */
  link(min: number, max: number, to: number): void {
    const last = this.#to.length - 1;
    if (last >= this.start(this.stateCount - 1) && this.to(last) === to && min <= this.max(last) + 1) {
      if (max > this.max(last)) this.#max.set(last, max);
      return;
    }
    this.#min.push(min);
    this.#max.push(max);
    this.#to.push(to);
  }
}

/** The texts of one character within the range. */
export function ofRange(min: number, max: number): Automaton {
  const automaton = new Automaton();
  automaton.addState(false);
  automaton.link(min, max, 1);
  automaton.addState(true);
  return automaton;
}

/** Any text at all. */
export function ofAnyText(): Automaton {
  const automaton = new Automaton();
  automaton.addState(true);
  automaton.link(0, MAX_CODE_POINT, 0);
  return automaton;
}

/** The empty text alone. */
export function ofEmptyText(): Automaton {
  const automaton = new Automaton();
  automaton.addState(true);
  return automaton;
}

/** Visits all states, some in each step. */
export function* visitStates(automaton: Automaton, visit: (state: number) => void): Steps<void> {
  const work = new StepWork();
  for (let state = 0; state < automaton.stateCount; ) {
    state = visitRun(automaton, state, visit, work);
    if (state < automaton.stateCount) yield;
  }
}

/** The loop itself, since loops of generators are not compiled. Where the next step goes on. */
function visitRun(automaton: Automaton, from: number, visit: (state: number) => void, work: StepWork): number {
  const { stateCount } = automaton;
  for (let state = from; state < stateCount; ) {
    visit(state);
    const transitions = automaton.end(state) - automaton.start(state);
    state++;
    if (work.isDone(transitions + 1)) return state;
  }
  return stateCount;
}

/** Whether no label of a state leads to two. */
export function* isDeterministic(automaton: Automaton): Steps<boolean> {
  let isSo = true;
  yield* visitStates(automaton, (state) => {
    const end = isSo ? automaton.end(state) : 0;
    for (let each = automaton.start(state) + 1; each < end; each++) {
      if (automaton.min(each) <= automaton.max(each - 1)) isSo = false;
    }
  });
  return isSo;
}
