import type { Steps } from '../../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../../steps/visit-in-steps.ts';
import { type Automaton, buildState, trim } from './automaton.ts';
import { determinize, tooManyTransitions } from './determinize.ts';

/** States that are looked at in one step. */
const STEP_WORK = 10_000;
/** Transitions by single labels. */
const MAX_SOURCES = 2_000_000;

/** The same texts by the fewest states whose labels do not overlap (Hopcroft 1971). More than `maxStates` on the way are refused. */
export function* minimize(automaton: Automaton, maxStates: number): Steps<Automaton> {
  const states = yield* trim(yield* determinize(automaton, maxStates));
  if (states.length <= 1) return states;
  const classes = yield* equivalentStates(states);
  const names = new Map<number, number>();
  const leaders: number[] = [];
  for (const [state, each] of classes.entries()) {
    if (names.has(each)) continue;
    names.set(each, names.size);
    leaders.push(state);
  }
  return yield* mapInSteps(leaders, (leader) => {
    const { isAccept, transitions } = states[leader]!;
    return buildState(
      isAccept,
      transitions.map((each) => ({ ...each, to: names.get(classes[each.to]!)! })),
    );
  });
}

/** A class for each state: of those that the same texts lead to an end. */
function* equivalentStates(states: Automaton): Steps<readonly number[]> {
  const ends = new Set<number>();
  yield* visitInSteps(states, ({ transitions }) => {
    for (const { min, max } of transitions) ends.add(min).add(max + 1);
  });
  const labels = [...ends].sort((a, b) => a - b);
  const places = new Map(labels.map((label, at) => [label, at]));
  const sources = yield* sourcesOf(states, places);
  const classOf: number[] = states.map(({ isAccept }) => (isAccept ? 1 : 0));
  const members: Set<number>[] = [new Set(), new Set()];
  for (const [state, each] of classOf.entries()) members[each]!.add(state);
  const pending = new Set([0, 1]);
  let work = 0;
  for (const splitter of pending) {
    pending.delete(splitter);
    const splitterStates = [...members[splitter]!];
    for (let label = 0; label < labels.length - 1; label++) {
      work += splitterStates.length;
      if (work > STEP_WORK) {
        work = 0;
        yield;
      }
      const touched = new Map<number, number[]>();
      for (const state of splitterStates) {
        for (const from of sources[label]!.get(state) ?? []) {
          const list = touched.get(classOf[from]!);
          if (list === undefined) touched.set(classOf[from]!, [from]);
          else list.push(from);
        }
      }
      for (const [each, found] of touched) {
        const whole = members[each]!;
        if (found.length === whole.size) continue;
        const made = members.length;
        members.push(new Set(found));
        for (const state of found) {
          whole.delete(state);
          classOf[state] = made;
        }
        pending.add(pending.has(each) || found.length <= whole.size ? made : each);
      }
    }
  }
  return classOf;
}

/** By label: from which states it leads to each. */
function* sourcesOf(
  states: Automaton,
  places: ReadonlyMap<number, number>,
): Steps<readonly ReadonlyMap<number, readonly number[]>[]> {
  const sources = Array.from({ length: places.size }, () => new Map<number, number[]>());
  let count = 0;
  yield* visitInSteps([...states.entries()], ([from, { transitions }]) => {
    for (const { min, max, to } of transitions) {
      const end = places.get(max + 1)!;
      for (let label = places.get(min)!; label < end; label++) {
        if (++count > MAX_SOURCES) throw tooManyTransitions(MAX_SOURCES);
        const known = sources[label]!.get(to);
        if (known === undefined) sources[label]!.set(to, [from]);
        else known.push(from);
      }
    }
  });
  return sources;
}
