import type { Steps } from '../../../steps/steps.ts';
import { type Automaton, buildState, type Transition, trim } from './automaton.ts';
import { determinize } from './determinize.ts';

/** Splits that are made in one step. */
const STEP_SPLITS = 1000;

/** The same texts by the fewest states whose labels do not overlap (Hopcroft 1971). More than `maxStates` on the way are refused. */
export function* minimize(automaton: Automaton, maxStates: number): Steps<Automaton> {
  const states = trim(yield* determinize(automaton, maxStates));
  if (states.length <= 1) return states;
  const classes = yield* equivalentStates(states);
  const names = new Map<number, number>([[classes[0]!, 0]]);
  for (const each of classes) if (!names.has(each)) names.set(each, names.size);
  const leaders = [...names.keys()].map((each) => classes.indexOf(each));
  return leaders.map((leader) => {
    const { isAccept, transitions } = states[leader]!;
    return buildState(
      isAccept,
      transitions.map((each) => ({ ...each, to: names.get(classes[each.to]!)! })),
    );
  });
}

/** A class for each state: of those that the same texts lead to an end. */
function* equivalentStates(states: Automaton): Steps<readonly number[]> {
  const labels = [
    ...new Set(states.flatMap(({ transitions }) => transitions.flatMap(({ min, max }) => [min, max + 1]))),
  ];
  const places = new Map(labels.sort((a, b) => a - b).map((label, at) => [label, at]));
  // By label and state: where it comes from.
  const sources: (number[] | undefined)[] = [];
  for (const [from, { transitions }] of states.entries()) {
    for (const transition of transitions) {
      for (const label of labelsOf(transition, places)) {
        const at = label * states.length + transition.to;
        const known = sources[at];
        if (known === undefined) sources[at] = [from];
        else known.push(from);
      }
    }
  }
  const classOf: number[] = states.map(({ isAccept }) => (isAccept ? 1 : 0));
  const members: Set<number>[] = [new Set(), new Set()];
  for (const [state, each] of classOf.entries()) members[each]!.add(state);
  const pending = new Set([0, 1]);
  let steps = 0;
  for (const splitter of pending) {
    pending.delete(splitter);
    const splitterStates = [...members[splitter]!];
    for (let label = 0; label < labels.length - 1; label++) {
      if (++steps % STEP_SPLITS === 0) yield;
      const touched = new Map<number, number[]>();
      for (const state of splitterStates) {
        for (const from of sources[label * states.length + state] ?? []) {
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

function* labelsOf({ min, max }: Transition, places: ReadonlyMap<number, number>): Generator<number> {
  const end = places.get(max + 1)!;
  for (let label = places.get(min)!; label < end; label++) yield label;
}
