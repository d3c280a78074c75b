import type { ApiContext } from '../api-context.ts';
import type { ApiResponse } from '../http/endpoint.ts';
import type { ByQueryWatch } from './by-query.ts';
import { type ByQueryCounts, type Counted, renderByQuery, renderCounts, summed } from './by-query-counts.ts';

/** Runs to the end and answers the counts, or answers at once with a task that can be asked for them. */
export async function answerByQuery(
  context: ApiContext,
  options: {
    readonly action: string;
    readonly description: string;
    readonly wait: boolean;
    readonly counted: readonly Counted[];
  },
  run: (watch: ByQueryWatch) => Promise<ByQueryCounts>,
): Promise<ApiResponse> {
  const startedMs = performance.now();
  if (!options.wait) {
    let counts: ByQueryCounts | undefined;
    const begun = (begunCounts: ByQueryCounts) => {
      counts = begunCounts;
    };
    const task = context.tasks.start({
      action: options.action,
      // compat: a list of names is shown with a space behind each comma.
      description: options.description.replaceAll(',', ', '),
      status: () => (counts === undefined ? undefined : renderCounts(counts)),
      run: async (signal) => ({
        // compat: the result of a task is kept as a person reads it.
        ...renderByQuery(await run({ signal, begun }), startedMs, {
          ...options,
          beside: { throttled: '0s', throttled_until: '0s' },
        }),
        canceled: signal.aborted ? String(signal.reason) : undefined,
      }),
    });
    return { body: { task: task.id } };
  }
  const counts = await run({});
  return { status: summed(counts).status, body: renderByQuery(counts, startedMs, options) };
}
