import type { Event } from './history.ts';
import { ABSENT, apply, type Register } from './register.ts';

const MAX_STATES = 2_000_000;

/**
 * Whether the operations on one document can be put in an order, each at a moment between its call and its return, in which every one of them
 * has the outcome that was seen (Wing and Gong, "Testing and verifying concurrent objects", 1993; with the memory of states of Lowe, 2017).
 * An operation without an answer may stand anywhere behind its call, or nowhere. Throws when the search takes too long.
 */
export function isLinearizable(events: readonly Event[], start: Register = ABSENT): boolean {
  const ordered = events
    .filter(({ operation, outcome }) => outcome.type !== 'unknown' || operation.type !== 'get')
    .toSorted((a, b) => a.calledAt - b.calledAt);
  const done = new Uint8Array(ordered.length);
  const seen = new Set<string>();
  let answersLeft = ordered.filter(({ outcome }) => outcome.type !== 'unknown').length;

  const search = (first: number, state: Register): boolean => {
    if (answersLeft === 0) return true;
    while (done[first]) first += 1;
    const key = `${first}:${done.subarray(first).join('')}:${state.value}:${state.seqNo}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (seen.size > MAX_STATES) throw new Error(`no answer after ${MAX_STATES} states of ${ordered.length} operations`);
    // Whatever was called after another one had returned cannot stand before that one.
    let earliestReturn = Number.POSITIVE_INFINITY;
    for (let at = first; at < ordered.length && ordered[at]!.calledAt <= earliestReturn; at += 1) {
      if (done[at]) continue;
      const event = ordered[at]!;
      earliestReturn = Math.min(earliestReturn, event.returnedAt);
      const next = apply(event, state);
      if (next === undefined) continue;
      done[at] = 1;
      if (event.outcome.type !== 'unknown') answersLeft -= 1;
      if (search(first, next)) return true;
      done[at] = 0;
      if (event.outcome.type !== 'unknown') answersLeft += 1;
    }
    return false;
  };
  return search(0, start);
}
