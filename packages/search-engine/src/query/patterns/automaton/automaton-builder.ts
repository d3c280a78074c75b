import { sortInSteps } from '../../../steps/sort-in-steps.ts';
import type { Steps } from '../../../steps/steps.ts';
import { Automaton, visitStates } from './automaton.ts';
import { IntList } from './int-list.ts';
import { tooManyTransitions } from './refusals.ts';
import { StepWork } from './step-work.ts';

/** Of one automaton: parts that may be empty are linked with all behind them. */
const MAX_LINKS = 1_000_000;
/** Of one automaton: some 100 MB while it is built. */
const MAX_TRANSITIONS = 4_000_000;
/** So few transitions of a state are sorted where they are. */
const FEW = 32;
const NONE = -1;

type Compare = (a: number, b: number) => number;

/** States of an automaton that is being made, whose transitions come in any order. A copied automaton keeps the order of its states. */
export class AutomatonBuilder {
  readonly #accepts = new IntList();
  /** The transition of each state that came last, and before each transition the one that did. */
  readonly #heads = new IntList();
  readonly #previous = new IntList();
  readonly #min = new IntList();
  readonly #max = new IntList();
  readonly #to = new IntList();
  #linkCount = 0;
  /** Transitions of the state that is built. */
  #order = new Int32Array(FEW);

  get stateCount(): number {
    return this.#heads.length;
  }

  addState(isAccept: boolean): number {
    this.#accepts.push(isAccept ? 1 : 0);
    this.#heads.push(NONE);
    return this.stateCount - 1;
  }

  accept(state: number): void {
    this.#accepts.set(state, 1);
  }

  link(from: number, min: number, max: number, to: number): void {
    const count = this.#to.length;
    if (count >= MAX_TRANSITIONS) throw tooManyTransitions(MAX_TRANSITIONS);
    this.#previous.push(this.#heads.at(from));
    this.#heads.set(from, count);
    this.#min.push(min);
    this.#max.push(max);
    this.#to.push(to);
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

  /** Refuses too many transitions that go beyond what is copied. */
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
    const work = new StepWork();
    for (;;) {
      const state = built.stateCount;
      if (this.#buildSmall(built, work)) return built;
      if (built.stateCount === state) yield* this.#buildLarge(built);
      yield;
    }
  }

  /** Builds states up to one with many transitions, or until that is enough for a step. Whether all are built. */
  #buildSmall(built: Automaton, work: StepWork): boolean {
    while (built.stateCount < this.stateCount) {
      const count = this.#gather(built.stateCount);
      if (count > FEW) return false;
      insertionSort(this.#order, count, this.#byTarget);
      const kept = this.#merge(count);
      insertionSort(this.#order, kept, this.#byLabel);
      this.#write(built, kept);
      if (work.isDone(count + 1)) return false;
    }
    return true;
  }

  /** Builds a state with any number of transitions. */
  *#buildLarge(built: Automaton): Steps<void> {
    const count = this.#gather(built.stateCount);
    this.#order.set(yield* sortInSteps(this.#order.subarray(0, count), this.#byTarget));
    const kept = this.#merge(count);
    this.#order.set(yield* sortInSteps(this.#order.subarray(0, kept), this.#byLabel));
    this.#write(built, kept);
  }

  /** Lists the transitions of a state. How many there are. */
  #gather(state: number): number {
    let count = 0;
    for (let each = this.#heads.at(state); each !== NONE; each = this.#previous.at(each)) {
      if (count === this.#order.length) this.#enlargeOrder();
      this.#order[count++] = each;
    }
    return count;
  }

  #enlargeOrder(): void {
    const order = new Int32Array(this.#order.length * 2);
    order.set(this.#order);
    this.#order = order;
  }

  /** Makes one of neighbouring transitions to the same state, which are listed one behind the other. How many are left. */
  #merge(count: number): number {
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const next = this.#order[at]!;
      const last = kept === 0 ? next : this.#order[kept - 1]!;
      const isApart = this.#to.at(last) !== this.#to.at(next) || this.#min.at(next) > this.#max.at(last) + 1;
      if (kept === 0 || isApart) this.#order[kept++] = next;
      else if (this.#max.at(next) > this.#max.at(last)) this.#max.set(last, this.#max.at(next));
    }
    return kept;
  }

  #write(built: Automaton, count: number): void {
    built.addState(this.#accepts.at(built.stateCount) === 1);
    for (let at = 0; at < count; at++) {
      const each = this.#order[at]!;
      built.link(this.#min.at(each), this.#max.at(each), this.#to.at(each));
    }
  }

  readonly #byTarget: Compare = (a, b) => this.#to.at(a) - this.#to.at(b) || this.#min.at(a) - this.#min.at(b);

  readonly #byLabel: Compare = (a, b) =>
    this.#min.at(a) - this.#min.at(b) || this.#max.at(a) - this.#max.at(b) || this.#to.at(a) - this.#to.at(b);
}

function insertionSort(items: Int32Array, count: number, compare: Compare): void {
  for (let next = 1; next < count; next++) {
    const item = items[next]!;
    let at = next;
    for (; at > 0 && compare(items[at - 1]!, item) > 0; at--) items[at] = items[at - 1]!;
    items[at] = item;
  }
}
