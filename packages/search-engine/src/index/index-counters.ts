/** Searches of one index, or those of them that name one group; times are milliseconds. */
export class SearchCounters {
  queries = 0;
  queryMs = 0;
  fetches = 0;
  fetchMs = 0;
}

/**
 * What was done to one index since the engine was opened; times are milliseconds. Writes and flushes without a request are counted in the engine,
 * everything else by whoever does it.
 */
export class IndexCounters {
  indexed = 0;
  indexMs = 0;
  /** Documents that were in order and yet not written. */
  indexFailures = 0;
  deleted = 0;
  deleteMs = 0;
  noopUpdates = 0;
  /** Reads of documents that there were, and of those that there were not. */
  found = 0;
  foundMs = 0;
  missing = 0;
  missingMs = 0;
  refreshes = 0;
  flushes = 0;
  /** Those of {@link flushes} that nobody asked for. */
  periodicFlushes = 0;
  flushMs = 0;
  /** Scrolls that have ended, and how long they were open. */
  scrolls = 0;
  scrollMs = 0;
  openScrolls = 0;
  /** Scrolls and points in time. */
  openContexts = 0;
  readonly searches: SearchCounters = new SearchCounters();
  readonly searchGroups: Map<string, SearchCounters> = new Map();

  /** Counts a read of a document that began at `startedMs` of `performance.now`. */
  countGet(isFound: boolean, startedMs: number): void {
    const tookMs = performance.now() - startedMs;
    if (isFound) {
      this.found += 1;
      this.foundMs += tookMs;
    } else {
      this.missing += 1;
      this.missingMs += tookMs;
    }
  }
}
