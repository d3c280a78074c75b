import type { JobDocument } from '@daybook/jobs';
import type { ChangedJob } from '@daybook/jobs-database';
import type { JobWatch } from './job-watch.ts';

const HEARTBEAT_MS = 15_000;
/** A client that watches for longer connects again, with `Last-Event-ID`. */
const MAX_WATCH_MS = 3_600_000;

/** What is followed, and how it is told. */
export interface FollowedJobs {
  readonly watch: JobWatch;
  readonly initial: AsyncIterable<ChangedJob>;
  /** The number of the last change of which nothing is to be told at first; -1 tells all. */
  readonly known: number;
  /** One job: the stream ends with it. */
  readonly isOneJob: boolean;
  readonly show: (job: JobDocument) => unknown;
  /** Aborts when nobody follows any longer. */
  readonly gone: AbortSignal;
}

/**
 * Jobs as server-sent events (HTML, section 9.2): `job` with the job's status as data and the number of its change as id, first as they are, then at each
 * change; `end` behind the last state of one job. A comment at least every 15 s. It ends when the client falls behind.
 */
export async function* followJobs({
  watch,
  initial,
  known,
  isOneJob,
  show,
  gone,
}: FollowedJobs): AsyncGenerator<string> {
  yield ': open\n\n';
  for await (const changed of initial) {
    if (watch.tell(changed) && changed.change > known) yield event(changed, show);
    if (isOneJob && changed.job.final) return yield end(changed);
  }
  for (const until = Date.now() + MAX_WATCH_MS; Date.now() < until && !watch.isBehind && !gone.aborted; ) {
    const next = watch.take();
    if (next === undefined) {
      const startedAt = Date.now();
      await watch.wait(HEARTBEAT_MS, gone);
      if (Date.now() - startedAt >= HEARTBEAT_MS) yield ': still here\n\n';
      continue;
    }
    if (watch.tell(next)) yield event(next, show);
    if (isOneJob && next.job.final) return yield end(next);
  }
}

function event({ change, job }: ChangedJob, show: FollowedJobs['show']): string {
  return `event: job\nid: ${change}\ndata: ${JSON.stringify(show(job))}\n\n`;
}

function end({ change }: ChangedJob): string {
  return `event: end\nid: ${change}\ndata: \n\n`;
}
