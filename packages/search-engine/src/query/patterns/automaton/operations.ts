import type { Steps } from '../../../steps/steps.ts';
import { Automaton, MAX_CODE_POINT, ofEmptyText, visitStates } from './automaton.ts';
import { AutomatonBuilder } from './automaton-builder.ts';
import { IntList } from './int-list.ts';
import { StepWork } from './step-work.ts';
import { trim } from './trim.ts';

/*
 * How automata are put together as Lucene does it (Operations, version 8.7): which states they have decides how many a deterministic one needs.
 */

/** The texts of any of them. */
export function* union(members: readonly Automaton[]): Steps<Automaton> {
  const builder = new AutomatonBuilder();
  builder.addState(false);
  const work = new StepWork();
  for (const member of members) {
    const offset = yield* builder.copy(member);
    if (member.stateCount > 0) followWhole(builder, 0, member, offset);
    if (work.isDone(member.size)) yield;
  }
  return yield* trim(yield* builder.build());
}

/** Lets a state go on, or end, as an automaton that has been copied there. How much work that was. */
function followWhole(builder: AutomatonBuilder, from: number, automaton: Automaton, offset: number): number {
  if (automaton.isAccept(0)) builder.accept(from);
  return builder.follow(from, automaton, offset);
}

/** One behind the other. */
export function* concatenation(parts: readonly Automaton[]): Steps<Automaton> {
  if (parts.some(({ stateCount }) => stateCount === 0)) return new Automaton();
  const builder = new AutomatonBuilder();
  const work = new StepWork();
  const offsets: number[] = [];
  for (const part of parts) {
    offsets.push(yield* builder.copy(part, false));
    if (work.isDone(part.size)) yield;
  }
  for (const [at, part] of parts.entries()) {
    const ends = yield* acceptStates(part);
    for (let end = 0; end < ends.length; end++) {
      if (work.isDone(followAfter(builder, parts, at, offsets, offsets[at]! + ends.at(end)))) yield;
    }
  }
  return yield* builder.build();
}

/** Lets a state at which a part ends go on as the parts behind it. */
function followAfter(
  builder: AutomatonBuilder,
  parts: readonly Automaton[],
  at: number,
  offsets: readonly number[],
  from: number,
): number {
  let amount = 1;
  let next = at + 1;
  // What accepts the empty text lets what stands behind it follow too.
  for (; next < parts.length; next++) {
    amount += builder.follow(from, parts[next]!, offsets[next]!);
    if (!parts[next]!.isAccept(0)) break;
  }
  if (next === parts.length) builder.accept(from);
  return amount;
}

/** Once or not at all. */
export function* optional(automaton: Automaton): Steps<Automaton> {
  const builder = new AutomatonBuilder();
  builder.addState(true);
  const offset = yield* builder.copy(automaton);
  if (automaton.stateCount > 0) followWhole(builder, 0, automaton, offset);
  return yield* builder.build();
}

/** Any number of times; of nothing Lucene makes nothing. */
export function* repetition(automaton: Automaton): Steps<Automaton> {
  if (automaton.stateCount === 0) return automaton;
  const builder = new AutomatonBuilder();
  builder.addState(true);
  const offset = yield* builder.copy(automaton);
  followWhole(builder, 0, automaton, offset);
  yield* followEach(builder, yield* acceptStates(automaton), offset, automaton, offset);
  return yield* builder.build();
}

/** At least so often, which is once or more. */
export function* repeatedFrom(automaton: Automaton, least: number): Steps<Automaton> {
  return yield* concatenation([...Array<Automaton>(least).fill(automaton), yield* repetition(automaton)]);
}

/** From one number of times to another. */
export function* repeatedBetween(automaton: Automaton, least: number, most: number): Steps<Automaton> {
  if (least > most || automaton.stateCount === 0) return least === 0 && least <= most ? ofEmptyText() : new Automaton();
  const start = yield* repeatedExactly(automaton, least);
  const builder = new AutomatonBuilder();
  yield* builder.copy(start);
  const laterEnds = yield* acceptStates(automaton);
  let ends = yield* acceptStates(start);
  let endsOffset = 0;
  const work = new StepWork();
  for (let i = least; i < most; i++) {
    const offset = yield* builder.copy(automaton);
    yield* followEach(builder, ends, endsOffset, automaton, offset);
    ends = laterEnds;
    endsOffset = offset;
    if (work.isDone(automaton.size + ends.length)) yield;
  }
  return yield* builder.build();
}

function* repeatedExactly(automaton: Automaton, times: number): Steps<Automaton> {
  if (times === 0) return ofEmptyText();
  return times === 1 ? automaton : yield* concatenation(Array<Automaton>(times).fill(automaton));
}

/** Lets each of some states, which are so far behind in the builder, go on as an automaton that has been copied to an offset. */
function* followEach(
  builder: AutomatonBuilder,
  states: IntList,
  statesOffset: number,
  automaton: Automaton,
  offset: number,
): Steps<void> {
  const work = new StepWork();
  for (let at = 0; at < states.length; at++) {
    if (work.isDone(followWhole(builder, states.at(at) + statesOffset, automaton, offset))) yield;
  }
}

function* acceptStates(automaton: Automaton): Steps<IntList> {
  const states = new IntList();
  yield* visitStates(automaton, (state) => {
    if (automaton.isAccept(state)) states.push(state);
  });
  return states;
}

/** The other texts. Of one whose labels do not overlap. */
export function* complement(automaton: Automaton): Steps<Automaton> {
  const built = new Automaton();
  const dead = automaton.stateCount;
  yield* visitStates(automaton, (state) => {
    built.addState(!automaton.isAccept(state));
    const end = automaton.end(state);
    let next = 0;
    for (let each = automaton.start(state); each < end; each++) {
      const min = automaton.min(each);
      const max = automaton.max(each);
      if (min > next) built.link(next, min - 1, dead);
      built.link(min, max, automaton.to(each));
      next = max + 1;
    }
    if (next <= MAX_CODE_POINT) built.link(next, MAX_CODE_POINT, dead);
  });
  built.addState(true);
  built.link(0, MAX_CODE_POINT, dead);
  return yield* trim(built);
}

/** The texts from their ends to their beginnings. */
export function* reverse(automaton: Automaton): Steps<Automaton> {
  const builder = new AutomatonBuilder();
  const { stateCount } = automaton;
  builder.addState(stateCount > 0 && automaton.isAccept(0));
  yield* visitStates(automaton, (state) => builder.addState(state === 0));
  yield* visitStates(automaton, (state) => {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      const min = automaton.min(each);
      const max = automaton.max(each);
      const to = automaton.to(each);
      builder.link(to + 1, min, max, state + 1);
      if (!automaton.isAccept(to)) continue;
      builder.countLinks(1);
      builder.link(0, min, max, state + 1);
    }
  });
  return yield* builder.build();
}
