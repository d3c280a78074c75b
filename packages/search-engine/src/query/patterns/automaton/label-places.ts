import type { Steps } from '../../../steps/steps.ts';
import { type Automaton, visitStates } from './automaton.ts';

/** The labels at which any transition begins or has ended: some hundreds at most. A place is a number of one of them. */
export interface LabelPlaces {
  /** Ascending. */
  readonly labels: Int32Array;
  /** The place at which each transition begins. */
  readonly starts: Int32Array;
  /** The place before which it ends. */
  readonly ends: Int32Array;
}

export function* labelPlacesOf(automaton: Automaton): Steps<LabelPlaces> {
  const found = new Set<number>();
  yield* visitStates(automaton, (state) => {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      found.add(automaton.min(each));
      found.add(automaton.max(each) + 1);
    }
  });
  const labels = Int32Array.from(found).sort();
  const places = new Map<number, number>();
  for (const label of labels) places.set(label, places.size);
  const starts = new Int32Array(automaton.transitionCount);
  const ends = new Int32Array(automaton.transitionCount);
  yield* visitStates(automaton, (state) => {
    const end = automaton.end(state);
    for (let each = automaton.start(state); each < end; each++) {
      starts[each] = places.get(automaton.min(each))!;
      ends[each] = places.get(automaton.max(each) + 1)!;
    }
  });
  return { labels, starts, ends };
}
