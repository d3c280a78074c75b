import type { Steps } from '../../../steps/steps.ts';
import { Automaton, visitStates } from './automaton.ts';
import { determinize } from './determinize.ts';
import { type Incoming, incomingOf, incomingStart } from './incoming.ts';
import { type LabelPlaces, labelPlacesOf } from './label-places.ts';
import { LabelSweep } from './label-sweep.ts';
import { type Partition, partitionOf } from './partition.ts';
import { tooManyTransitions } from './refusals.ts';
import { StepWork } from './step-work.ts';
import { trim } from './trim.ts';

/** Transitions by pieces of labels. */
const MAX_SOURCES = 2_000_000;
/** Transitions to one state that are added to a sweep at once. */
const ADDED = 4096;
const NONE = -1;

/** The same texts by the fewest states whose labels do not overlap. More than `maxStates` on the way are refused. */
export function* minimize(automaton: Automaton, maxStates: number): Steps<Automaton> {
  // Many small ones do not end a step by themselves.
  yield;
  const deterministic = yield* trim(yield* determinize(automaton, maxStates));
  if (deterministic.stateCount <= 1) return deterministic;
  yield;
  return yield* merged(deterministic, yield* equivalentStates(deterministic));
}

/** One state of each class, numbered in the order of their first ones. */
function* merged(automaton: Automaton, classes: Partition): Steps<Automaton> {
  const names = new Int32Array(automaton.stateCount + 1).fill(NONE);
  let count = 0;
  yield* visitStates(automaton, (state) => {
    const each = classes.classOf(state);
    if (names[each] === NONE) names[each] = count++;
  });
  if (count === automaton.stateCount) return automaton;
  const built = new Automaton();
  yield* visitStates(automaton, (state) => {
    if (names[classes.classOf(state)] !== built.stateCount) return;
    built.addState(automaton.isAccept(state));
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      built.link(automaton.min(each), automaton.max(each), names[classes.classOf(automaton.to(each))]!);
    }
  });
  return built;
}

/** The classes of states that the same texts lead to an end (Hopcroft 1971). */
function* equivalentStates(automaton: Automaton): Steps<Partition> {
  const places = yield* labelPlacesOf(automaton);
  yield* checkSources(automaton, places);
  const incoming = yield* incomingOf(automaton);
  const partition = yield* partitionOf(automaton);
  const refinement = new Refinement(automaton, places, incoming, partition);
  while (refinement.refineSome()) yield;
  return partition;
}

function* checkSources(automaton: Automaton, { starts, ends }: LabelPlaces): Steps<void> {
  let count = 0;
  yield* visitStates(automaton, (state) => {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) count += ends[each]! - starts[each]!;
    if (count > MAX_SOURCES) throw tooManyTransitions(MAX_SOURCES);
  });
}

/** Splits classes by what leads to a pending one, with the same labels. */
class Refinement {
  readonly #incoming: Incoming;
  readonly #partition: Partition;
  readonly #sweep: LabelSweep;
  readonly #work = new StepWork();
  /** The places of the pending class from which transitions are still to be added. */
  #place = 0;
  #end = 0;
  /** And those to the state at the first of these places. */
  #incomingAt = 0;

  constructor(automaton: Automaton, places: LabelPlaces, incoming: Incoming, partition: Partition) {
    this.#incoming = incoming;
    this.#partition = partition;
    this.#sweep = new LabelSweep(places, automaton, (transition) => incoming.sources[transition]!);
  }

  /** As much as one step takes. Whether there is more. */
  refineSome(): boolean {
    for (;;) {
      let amount: number;
      if (this.#place < this.#end) amount = this.#addTransitions();
      else if (this.#sweep.advance()) amount = this.#sweep.moved + this.#splitByPiece();
      else if (!this.#takePending()) return false;
      else amount = 0;
      if (this.#work.isDone(amount + 1)) return true;
    }
  }

  #takePending(): boolean {
    const taken = this.#partition.takePending();
    if (taken === undefined) return false;
    this.#place = this.#partition.start(taken);
    this.#end = this.#partition.end(taken);
    this.#startState();
    return true;
  }

  #addTransitions(): number {
    const { transitions, ends } = this.#incoming;
    const start = this.#incomingAt;
    const end = ends[this.#partition.stateAt(this.#place)]!;
    const stop = Math.min(end, start + ADDED);
    for (let at = start; at < stop; at++) this.#sweep.add(transitions[at]!);
    this.#incomingAt = stop;
    if (stop === end) {
      this.#place++;
      this.#startState();
    }
    return stop - start;
  }

  #startState(): void {
    if (this.#place < this.#end) {
      this.#incomingAt = incomingStart(this.#incoming, this.#partition.stateAt(this.#place));
    }
  }

  #splitByPiece(): number {
    const { min, end, size } = this.#sweep;
    if (min === end) return 0;
    this.#partition.split(this.#sweep);
    return size;
  }
}
