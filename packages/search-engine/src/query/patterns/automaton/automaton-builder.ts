import type { Steps } from '../../../steps/steps.ts';
import { Automaton, visitStates } from './automaton.ts';
import { IntList } from './int-list.ts';
import { tooManyTransitions } from './refusals.ts';
import { StateTransitions } from './state-transitions.ts';
import { StepWork } from './step-work.ts';

/** Of one automaton: parts that may be empty are linked with all behind them, and an intersection has a state for each pair. */
const MAX_LINKS = 1_000_000;
/** Of one automaton: some 100 MB while it is built. */
const MAX_TRANSITIONS = 4_000_000;
/** Transitions of one state that are listed in one step. */
const LISTED = 4096;
const NONE = -1;

/** States of an automaton that is being made, whose transitions come in any order. A copied automaton keeps the order of its states. */
export class AutomatonBuilder {
  readonly #accepts = new IntList();
  /** The last transition of each state. */
  readonly #lasts = new IntList();
  /** The next transition of the same state; behind the last one comes the first. */
  readonly #next = new IntList();
  readonly #lists = { min: new IntList(), max: new IntList(), to: new IntList() };
  #linkCount = 0;

  get stateCount(): number {
    return this.#lasts.length;
  }

  addState(isAccept: boolean): number {
    this.#accepts.push(isAccept ? 1 : 0);
    this.#lasts.push(NONE);
    return this.stateCount - 1;
  }

  accept(state: number): void {
    this.#accepts.set(state, 1);
  }

  link(from: number, min: number, max: number, to: number): void {
    const added = this.#next.length;
    if (added >= MAX_TRANSITIONS) throw tooManyTransitions(MAX_TRANSITIONS);
    const last = this.#lasts.at(from);
    this.#next.push(last === NONE ? added : this.#next.at(last));
    if (last !== NONE) this.#next.set(last, added);
    this.#lasts.set(from, added);
    this.#lists.min.push(min);
    this.#lists.max.push(max);
    this.#lists.to.push(to);
  }

  /** Where the first state of the automaton is in this one. */
  *copy(automaton: Automaton, keepsEnds = true): Steps<number> {
    const offset = this.stateCount;
    yield* visitStates(automaton, (state) => {
      this.addState(keepsEnds && automaton.isAccept(state));
      this.#copyTransitions(offset + state, automaton, state, offset);
    });
    return offset;
  }

  /** Lets a state go on as the first state of an automaton that has been copied there. How much work that was. */
  follow(from: number, automaton: Automaton, offset: number): number {
    const amount = automaton.end(0) + 1;
    this.countLinks(amount);
    this.#copyTransitions(from, automaton, 0, offset);
    return amount;
  }

  /** Refuses too many transitions beyond those that are copied. */
  countLinks(amount: number): void {
    this.#linkCount += amount;
    if (this.#linkCount > MAX_LINKS) throw tooManyTransitions(MAX_LINKS);
  }

  #copyTransitions(from: number, automaton: Automaton, state: number, offset: number): void {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      this.link(from, automaton.min(each), automaton.max(each), automaton.to(each) + offset);
    }
  }

  /** The automaton, in which neighbouring labels of a state to the same one are one transition. The builder is used up. */
  *build(): Steps<Automaton> {
    const built = new Automaton();
    const listed = new StateTransitions(this.#lists);
    const work = new StepWork();
    for (;;) {
      const { stateCount } = built;
      if (this.#buildSome(built, listed, work)) return built;
      yield;
      if (built.stateCount === stateCount) yield* this.#buildLarge(built, listed);
    }
  }

  /** Builds states up to one with many transitions, or as many as one step takes. Whether all are built. */
  #buildSome(built: Automaton, listed: StateTransitions, work: StepWork): boolean {
    while (built.stateCount < this.stateCount) {
      const state = built.stateCount;
      const last = this.#lasts.at(state);
      listed.clear();
      if (last !== NONE && this.#list(listed, last, this.#next.at(last), StateTransitions.few) !== NONE) return false;
      built.addState(this.#accepts.at(state) === 1);
      listed.writeFew(built);
      if (work.isDone(listed.count + 1)) return false;
    }
    return true;
  }

  /** Builds a state with any number of transitions. */
  *#buildLarge(built: Automaton, listed: StateTransitions): Steps<void> {
    const state = built.stateCount;
    const last = this.#lasts.at(state);
    listed.clear();
    for (let each = this.#next.at(last); each !== NONE; each = this.#list(listed, last, each, LISTED)) yield;
    built.addState(this.#accepts.at(state) === 1);
    yield* listed.writeMany(built);
  }

  /** Lists so many transitions of a state from one to its last one. The next one, if there is any. */
  #list(listed: StateTransitions, last: number, from: number, most: number): number {
    let each = from;
    for (let left = most; left > 0; left--) {
      listed.add(each);
      if (each === last) return NONE;
      each = this.#next.at(each);
    }
    return each;
  }
}
