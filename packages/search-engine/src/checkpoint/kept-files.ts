/** With more files, a start would seek more than it reads, and each checkpoint would look after many. */
const MAX_KEPT = 8;

/** A checkpoint file, and how much of it is still to be kept. */
export interface FileUse {
  readonly generation: number;
  readonly bytes: number;
  /** Bytes of arrays that have not changed since. */
  readonly live: number;
}

/**
 * Which files the next checkpoint may refer to, with their sizes: those that are at least half alive, so that all files together are at most twice what they hold, and
 * of these the fullest. What is alive in the others is written anew.
 */
export function keptFiles(files: readonly FileUse[]): ReadonlyMap<number, number> {
  const full = files.filter(({ bytes, live }) => live * 2 >= bytes && live > 0);
  const fullest = full.toSorted((first, second) => second.live - first.live).slice(0, MAX_KEPT);
  return new Map(fullest.map(({ generation, bytes }) => [generation, bytes]));
}
