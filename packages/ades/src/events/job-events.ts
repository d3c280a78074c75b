import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import type { ChangedJob, JobFilter, JobsDatabase } from '@daybook/jobs-database';
import { createJobWatch, type JobWatch } from './job-watch.ts';

/** Changes that one look reads; more are read by the next, at once. */
const MAX_CHANGES = 500;
/** A write may show to searches a moment later than one with a higher number. */
const OVERLAP = 200;
const READ_AT_ONCE = 500;
/** After a look that the database did not answer. */
const RETRY_INTERVAL_MS = 1_000;

/** Tells watchers what becomes of jobs. All of them share one look at what has changed; it asks the database for nothing while nobody watches. */
export interface JobEvents {
  /** Begins a watch of the jobs that change from now on. Throws `unavailable` where too many watch. End it by {@link JobEvents.leave}. */
  watch(filter: JobFilter): Promise<JobWatch>;
  leave(watch: JobWatch): void;
  /** The jobs that a filter selects as they are, or those of them that have changed since the number `after`; in the order of their changes. */
  initial(filter: JobFilter, after: number | undefined): AsyncGenerator<ChangedJob>;
  /** Aborts when no watch goes on any longer. */
  readonly closed: AbortSignal;
  close(): Promise<void>;
}

/** With what watchers are served. */
export interface JobEventsOptions {
  readonly database: Pick<JobsDatabase, 'changedJobs' | 'lastChange'>;
  readonly maxWatchers: number;
  readonly intervalMs: number;
  readonly log: (message: string) => void;
}

/** Builds the watching on the numbers that the index `jobs` gives its writes (EVENTS.md). */
export function createJobEvents({ database, maxWatchers, intervalMs, log }: JobEventsOptions): JobEvents {
  const watches = new Set<JobWatch>();
  const closing = new AbortController();
  let polling: Promise<void> | undefined;
  let after = -1;

  async function poll(): Promise<void> {
    while (watches.size > 0 && !closing.signal.aborted) {
      const waitMs = await look().catch((error: unknown) => {
        if (!closing.signal.aborted) log(`changes of jobs could not be read: ${String(error)}`);
        return RETRY_INTERVAL_MS;
      });
      await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  function startPolling(): void {
    if (watches.size === 0 || closing.signal.aborted) return;
    polling ??= poll().finally(() => {
      polling = undefined;
      startPolling();
    });
  }

  /** Gives the time until the next look. */
  async function look(): Promise<number> {
    const limit = MAX_CHANGES + OVERLAP;
    const changes = await database.changedJobs({ after: after - OVERLAP, limit }, { signal: closing.signal });
    if (changes.length === 0) return intervalMs;
    for (const group of byFilter(watches)) await tell(group, changes);
    after = Math.max(after, changes.at(-1)!.change);
    return changes.length === limit ? 0 : intervalMs;
  }

  async function tell(group: readonly JobWatch[], changes: readonly ChangedJob[]): Promise<void> {
    const { filter } = group[0]!;
    const ids = [...new Set(changes.map(({ job }) => job.id))].filter((id) => filter.ids?.includes(id) ?? true);
    const search = { filter: { ...filter, ids }, limit: ids.length };
    const selected = ids.length === 0 ? [] : await database.changedJobs(search, { signal: closing.signal });
    for (const watch of group) {
      for (const changed of selected) watch.offer(changed);
      for (const changed of changes) if (watch.knows(changed.job.id)) watch.offer(changed);
    }
  }

  return {
    closed: closing.signal,
    async watch(filter) {
      const watch = createJobWatch(filter);
      if (watches.size >= maxWatchers || closing.signal.aborted) {
        throw new DaybookError(
          'unavailable',
          `${maxWatchers} requests watch jobs already, no more may: try again later`,
        );
      }
      const isFirst = watches.size === 0;
      watches.add(watch);
      try {
        const head = await database.lastChange();
        if (isFirst) after = head;
      } catch (error) {
        watches.delete(watch);
        throw error;
      }
      startPolling();
      return watch;
    },
    leave(watch) {
      watches.delete(watch);
    },
    async *initial(filter, resumed) {
      // Numbers of an index that was made anew mean nothing here.
      const isKnown = resumed !== undefined && resumed <= (await database.lastChange());
      for (let from = isKnown ? resumed - OVERLAP : undefined; ; ) {
        const page = await database.changedJobs({ filter, after: from, limit: READ_AT_ONCE });
        yield* page;
        if (page.length < READ_AT_ONCE) return;
        from = page.at(-1)!.change;
      }
    },
    async close() {
      closing.abort();
      await polling;
    },
  };
}

/** The watches of equal filters together: one search serves them. */
function byFilter(watches: ReadonlySet<JobWatch>): readonly (readonly JobWatch[])[] {
  const groups = new Map<string, JobWatch[]>();
  for (const watch of watches) {
    const key = JSON.stringify(watch.filter);
    groups.set(key, [...(groups.get(key) ?? []), watch]);
  }
  return [...groups.values()];
}
