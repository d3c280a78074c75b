import type { Steps } from '../../../steps/steps.ts';
import { Automaton, isDeterministic } from './automaton.ts';
import { scattered } from './interned.ts';
import { type LabelPlaces, labelPlacesOf } from './label-places.ts';
import { LabelSweep } from './label-sweep.ts';
import { TooManyStates, tooManyTransitions } from './refusals.ts';
import { StateSets } from './state-sets.ts';
import { StepWork } from './step-work.ts';

/** Of the sets of states that the new ones stand for, together. */
const MAX_MEMBERS = 1_000_000;
/** Of an automaton that is kept. */
const MAX_TRANSITIONS = 2_000_000;
/** Transitions of one state that are added to a sweep at once. */
const ADDED = 4096;

/** The same texts by states whose labels do not overlap: each stands for a set of states. More than `maxStates` are refused. */
export function* determinize(automaton: Automaton, maxStates: number): Steps<Automaton> {
  if (automaton.stateCount <= 1 || (yield* isDeterministic(automaton))) return automaton;
  const built = new Automaton();
  const subsets = new Subsets(automaton, yield* labelPlacesOf(automaton), maxStates, built);
  while (subsets.buildSome()) yield;
  if (built.transitionCount > MAX_TRANSITIONS) throw tooManyTransitions(MAX_TRANSITIONS);
  return built;
}

/** Refuses what {@link determinize} refuses, and keeps no states. */
export function* checkDeterminized(automaton: Automaton, maxStates: number): Steps<void> {
  if (automaton.stateCount <= 1 || (yield* isDeterministic(automaton))) return;
  const subsets = new Subsets(automaton, yield* labelPlacesOf(automaton), maxStates, undefined);
  while (subsets.buildSome()) yield;
}

/** Takes apart the labels of one set of states after the other; the sets to which they lead come behind it. */
class Subsets {
  readonly #automaton: Automaton;
  readonly #maxStates: number;
  readonly #built: Automaton | undefined;
  readonly #sets = new StateSets();
  readonly #sweep: LabelSweep;
  readonly #work = new StepWork();
  /** The set that is taken apart, whose transitions before these are in the sweep. */
  #set = 0;
  #member = 0;
  #transition = 0;

  constructor(automaton: Automaton, places: LabelPlaces, maxStates: number, built: Automaton | undefined) {
    this.#automaton = automaton;
    this.#maxStates = maxStates;
    this.#built = built;
    this.#sweep = new LabelSweep(places, automaton, (transition) => automaton.to(transition));
    this.#sets.add(Int32Array.of(0), 1, scattered(0));
    this.#startSet();
  }

  /** As much as one step takes. Whether there is more. */
  buildSome(): boolean {
    for (;;) {
      let amount: number;
      if (this.#member < this.#sets.end(this.#set)) amount = this.#addTransitions();
      else if (this.#sweep.advance()) amount = this.#sweep.moved + this.#takePiece();
      else if (++this.#set < this.#sets.count) amount = this.#startSet();
      else return false;
      if (this.#work.isDone(amount + 1)) return true;
    }
  }

  #startSet(): number {
    const start = this.#sets.start(this.#set);
    const end = this.#sets.end(this.#set);
    this.#startMember(start);
    if (this.#built === undefined) return 0;
    let at = start;
    while (at < end && !this.#automaton.isAccept(this.#sets.member(at))) at++;
    this.#built.addState(at < end);
    return at - start;
  }

  #startMember(member: number): void {
    this.#member = member;
    if (member < this.#sets.end(this.#set)) this.#transition = this.#automaton.start(this.#sets.member(member));
  }

  #addTransitions(): number {
    const start = this.#transition;
    const end = this.#automaton.end(this.#sets.member(this.#member));
    const stop = Math.min(end, start + ADDED);
    for (let each = start; each < stop; each++) this.#sweep.add(each);
    this.#transition = stop;
    if (stop === end) this.#startMember(this.#member + 1);
    return stop - start;
  }

  #takePiece(): number {
    const { min, end, size } = this.#sweep;
    if (min === end) return 0;
    const to = this.#sets.find(this.#sweep) ?? this.#addSet();
    // What has too many is refused for its states first, if these are too many as well.
    if (this.#built !== undefined && this.#built.transitionCount <= MAX_TRANSITIONS) this.#built.link(min, end - 1, to);
    return size;
  }

  #addSet(): number {
    const { states, size, hash } = this.#sweep;
    const { count, memberCount } = this.#sets;
    // The first set has one.
    if (count >= this.#maxStates || memberCount - 1 + size > MAX_MEMBERS) {
      throw new TooManyStates(nameOf(this.#automaton), Math.min(this.#maxStates, count));
    }
    return this.#sets.add(states, size, hash);
  }
}

function nameOf({ stateCount, transitionCount }: Automaton): string {
  return `automaton with ${stateCount} states and ${transitionCount} transitions`;
}
