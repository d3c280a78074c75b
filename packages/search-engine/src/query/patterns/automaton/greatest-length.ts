import type { Steps } from '../../../steps/steps.ts';
import type { Automaton } from './automaton.ts';
import { tooDeep } from './refusals.ts';
import { StepWork } from './step-work.ts';

/** compat: of a path on which no state comes twice. */
const MAX_DEPTH = 1000;

/** Of one without states that lead nowhere: whether its texts have a greatest length. Throws `invalid-argument` where Lucene would go too deep to find out. */
export function* hasGreatestLength(automaton: Automaton): Steps<boolean> {
  const search = new LoopSearch(automaton);
  while (search.goOn()) yield;
  return !search.hasLoop;
}

/** Goes along every path, as deep as it can first. */
class LoopSearch {
  readonly #automaton: Automaton;
  readonly #isSeen: Uint8Array;
  readonly #isOnPath: Uint8Array;
  /** The states of the path, and the next transition of each. */
  readonly #path = new Int32Array(MAX_DEPTH + 1);
  readonly #next = new Int32Array(MAX_DEPTH + 1);
  #length = 0;
  readonly #work = new StepWork();
  hasLoop = false;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#isSeen = new Uint8Array(automaton.stateCount);
    this.#isOnPath = new Uint8Array(automaton.stateCount);
    this.#enter(0);
  }

  /** As much as one step takes. Whether there is more. */
  goOn(): boolean {
    while (this.#length > 0 && !this.hasLoop) {
      this.#follow(this.#length - 1);
      if (this.#work.isDone(1)) return true;
    }
    return false;
  }

  #follow(last: number): void {
    const state = this.#path[last]!;
    const transition = this.#next[last]!;
    if (transition === this.#automaton.end(state)) {
      this.#isOnPath[state] = 0;
      this.#length--;
      return;
    }
    this.#next[last] = transition + 1;
    const to = this.#automaton.to(transition);
    if (this.#isOnPath[to] === 1) this.hasLoop = true;
    else if (this.#isSeen[to] === 0) this.#enter(to);
  }

  #enter(state: number): void {
    if (this.#length > MAX_DEPTH) throw tooDeep(this.#length);
    this.#isSeen[state] = 1;
    this.#isOnPath[state] = 1;
    this.#path[this.#length] = state;
    this.#next[this.#length] = this.#automaton.start(state);
    this.#length++;
  }
}
