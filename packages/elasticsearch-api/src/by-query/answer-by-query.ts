import type { ApiContext } from '../api-context.ts';
import type { Caller } from '../http/caller.ts';
import type { ApiResponse } from '../http/endpoint.ts';
import type { ByQueryWatch } from './by-query.ts';
import { type ByQueryCounts, type Counted, renderByQuery, renderCounts, summed } from './by-query-counts.ts';
import { Throttle } from './throttle.ts';

const everything: readonly Counted[] = ['updated', 'created', 'deleted'];

/** Runs as a task, to the end to answer the counts, or answers at once with the task, which can be asked for them later. */
export async function answerByQuery(
  context: ApiContext,
  options: {
    readonly caller: Caller;
    readonly action: string;
    readonly description: string;
    readonly wait: boolean;
    /** How many writes a second it may do; Infinity for no limit. */
    readonly requestsPerSecond: number | undefined;
    readonly counted: readonly Counted[];
  },
  run: (watch: ByQueryWatch) => Promise<ByQueryCounts>,
): Promise<ApiResponse> {
  const { wait, requestsPerSecond = Number.POSITIVE_INFINITY } = options;
  const startedMs = performance.now();
  const cancellation = new AbortController();
  const throttle = new Throttle(requestsPerSecond, cancellation.signal);
  let counts: ByQueryCounts | undefined;
  let status = 200;
  const watch: ByQueryWatch = {
    throttle,
    begun: (begunCounts) => {
      counts = begunCounts;
    },
  };
  const request = {
    action: options.action,
    // compat: a list of names is shown with a space behind each comma.
    description: options.description.replaceAll(',', ', '),
    opaqueId: options.caller.opaqueId,
    throttle,
    status: () =>
      counts === undefined ? undefined : renderCounts(counts, { counted: everything, throttle, isHuman: false }),
  };
  const task = context.tasks.start(request, {
    cancellation,
    isStored: !wait,
    run: async () => {
      const done = await run(watch);
      status = summed(done).status;
      // compat: the result of a task is kept as a person reads it.
      const counted = wait ? options.counted : everything;
      return renderByQuery(done, startedMs, { counted, throttle, isHuman: !wait });
    },
  });
  if (!wait) return { body: { task: task.id } };
  await task.ended;
  if (task.error !== undefined) throw task.error;
  return { status, body: task.response ?? null };
}
