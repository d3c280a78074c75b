import type { Steps } from './steps.ts';

/** Items of one step at most: many take a microsecond or so. */
const SLICE = 1024;
/** A step that took longer ends, which is looked at once in a while. */
const SLICE_MS = 2;
const UNTIMED = 8;

/** Calls `visit` with every item, some in each step; few items take no step at all. */
export function* visitInSteps<T>(items: Iterable<T>, visit: (item: T) => void): Steps<void> {
  if (Array.isArray(items)) {
    for (let at = visitRun(items, 0, visit); at < items.length; at = visitRun(items, at, visit)) yield;
    return;
  }
  const iterator = items[Symbol.iterator]();
  while (visitSlice(iterator, visit)) yield;
}

/** What `map` makes of every item, as {@link visitInSteps}. */
export function* mapInSteps<T, R>(items: Iterable<T>, map: (item: T, at: number) => R): Steps<R[]> {
  const mapped: R[] = [];
  yield* visitInSteps(items, (item) => mapped.push(map(item, mapped.length)));
  return mapped;
}

/** What the steps that `stepsOf` makes of every item give, one item after the other. */
export function* eachInSteps<T, R>(items: Iterable<T>, stepsOf: (item: T) => Steps<R>): Steps<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(yield* stepsOf(item));
  return results;
}

/** The loop itself, since loops of generators are not compiled. Where the next step goes on. An array needs no object for each item. */
function visitRun<T>(items: readonly T[], from: number, visit: (item: T) => void): number {
  const end = Math.min(items.length, from + SLICE);
  const endMs = end - from < UNTIMED ? Number.POSITIVE_INFINITY : performance.now() + SLICE_MS;
  for (let at = from; at < end; ) {
    visit(items[at++]!);
    if ((at - from) % UNTIMED === 0 && performance.now() > endMs) return at;
  }
  return end;
}

/** The same of anything else. Whether there may be more items. */
function visitSlice<T>(items: Iterator<T>, visit: (item: T) => void): boolean {
  const endMs = performance.now() + SLICE_MS;
  for (let visited = 0; visited < SLICE; visited++) {
    const next = items.next();
    if (next.done === true) return false;
    visit(next.value);
    if (visited % UNTIMED === UNTIMED - 1 && performance.now() > endMs) return true;
  }
  return true;
}
