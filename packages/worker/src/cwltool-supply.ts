import type { Cwltool, CwltoolHealth } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import type { WorkerLog } from './options.ts';
import { abortable, backOffMs, describeError, wait } from './retry.ts';

type WorkerCwltool = Pick<Cwltool, 'run' | 'health'>;

/** The cwltool of a worker, which may be missing at first and for a while. */
export interface CwltoolSupply {
  /** The cwltool that is open; throws `unavailable` where there is none. */
  current(): WorkerCwltool;
  /** Resolves as soon as a cwltool is ready to run jobs; opens one where there is none, again and again. */
  ready(signal: AbortSignal): Promise<void>;
  /** Of the cwltool that was opened last; undefined before that. */
  readonly health: CwltoolHealth | undefined;
  /** Why jobs that are to have a sandbox have none; undefined where they have one, and as long as that is not known. */
  readonly sandboxReason: string | undefined;
  /** What is missing and how to get it; undefined while a cwltool is ready. */
  readonly missing: string | undefined;
}

const RESTART_LOOK_MS = 200;

/** A supply that asks `open` for a cwltool when one is needed. Without a sandbox that is `required`, it has none. */
export function createCwltoolSupply(
  open: () => Promise<WorkerCwltool>,
  { sandbox, log }: { readonly sandbox: 'auto' | 'off' | 'required'; readonly log: WorkerLog },
): CwltoolSupply {
  let cwltool: WorkerCwltool | undefined;
  let refusal: string | undefined = 'cwltool is being started';

  const openOnce = async (): Promise<boolean> => {
    try {
      const opened = await open();
      const { sandboxReason } = opened.health();
      if (sandbox === 'required' && sandboxReason !== undefined) {
        throw new DaybookError('unavailable', `jobs are to run in a sandbox, and cannot: ${sandboxReason}`);
      }
      if (sandbox === 'auto' && sandboxReason !== undefined) {
        log('warn', `Jobs run without a sandbox: ${sandboxReason}`);
      }
      cwltool = opened;
      refusal = undefined;
      return true;
    } catch (error) {
      const reason = describeError(error);
      if (refusal !== reason) {
        log('error', `No job can be run: ${reason}`);
      }
      refusal = reason;
      return false;
    }
  };

  return {
    current() {
      if (cwltool === undefined) {
        throw new DaybookError('unavailable', refusal ?? 'cwltool is being started');
      }
      return cwltool;
    },
    async ready(signal) {
      for (let failures = 0; ; ) {
        signal.throwIfAborted();
        const state = cwltool?.health().state;
        if (state === 'ready') {
          return;
        }
        if (state === 'restarting') {
          await wait(RESTART_LOOK_MS, signal);
        } else if (!(await abortable(openOnce(), signal))) {
          await wait(backOffMs(++failures), signal);
        }
      }
    },
    get health() {
      return cwltool?.health();
    },
    get sandboxReason() {
      return sandbox === 'off' ? 'it is switched off' : cwltool?.health().sandboxReason;
    },
    get missing() {
      if (cwltool === undefined) {
        return refusal;
      }
      return cwltool.health().state === 'ready' ? undefined : 'cwltool is being started again';
    },
  };
}
