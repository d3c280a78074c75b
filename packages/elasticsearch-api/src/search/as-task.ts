import type { Caller } from '../http/caller.ts';
import type { TaskRegistry } from '../tasks/task-registry.ts';

/** Of what a list of tasks shows of a request. */
const MAX_SOURCE_CHARACTERS = 10_000;

/** What a list of tasks calls a search. */
export interface SearchDescription {
  readonly action: string;
  readonly description: string;
}

/** Called when a search takes long: what may end it from then on. */
export type Suspended = () => AbortSignal;

/**
 * Runs a request that searches. It is a task from when it lets other work come between, and ends when it is cancelled then, or when nobody waits for the
 * answer any more.
 */
export async function asTask<T>(
  { tasks }: { readonly tasks: TaskRegistry },
  caller: Caller,
  describe: () => SearchDescription,
  run: (suspended: Suspended) => Promise<T>,
): Promise<T> {
  let signal: AbortSignal | undefined;
  let end = (): void => undefined;
  const begin = (): AbortSignal => {
    const running = tasks.begin({ ...describe(), opaqueId: caller.opaqueId });
    const { cancellation } = running.task;
    const forget = caller.whenGone(() => cancellation.abort('channel closed'));
    end = () => {
      forget();
      running.end();
    };
    return cancellation.signal;
  };
  try {
    return await run(() => {
      signal ??= begin();
      return signal;
    });
  } finally {
    end();
  }
}

/** Describes a search; `source` is its body as it was sent. */
export function searchDescription(expression: string | undefined, source: string, scroll?: string): SearchDescription {
  const held = scroll === undefined ? '' : `scroll[${scroll}], `;
  const description = `indices[${expression ?? ''}], types[], search_type[QUERY_THEN_FETCH], ${held}source[${onOneLine(source)}]`;
  return { action: 'indices:data/read/search', description };
}

function onOneLine(source: string): string {
  const shown = source.slice(0, MAX_SOURCE_CHARACTERS);
  return (shown.length < source.length ? `${shown}…` : shown).replaceAll(/\s*\n\s*/g, ' ').trim();
}
