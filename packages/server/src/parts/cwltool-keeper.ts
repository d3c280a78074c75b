import { type Cwltool, openCwltool } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import type { Logger } from '../log.ts';

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/** Opens cwltool in the background, and again while it is missing, so that everything else starts without it. */
export interface CwltoolKeeper {
  /** The open cwltool; `unavailable` with what to install while there is none. */
  get(): Cwltool;
  /** Resolves when the first attempt to open it has ended, well or not. */
  readonly tried: Promise<void>;
  close(): Promise<void>;
}

export function keepCwltool(options: {
  readonly python: string;
  readonly workDir: string;
  readonly log: Logger;
}): CwltoolKeeper {
  let cwltool: Cwltool | undefined;
  let reason = new DaybookError('unavailable', 'cwltool is starting');
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const open = async (retryMs: number): Promise<void> => {
    try {
      cwltool = await openCwltool({
        python: options.python,
        workDir: options.workDir,
        log: (level, message, detail) => options.log[level]({ ...detail }, message),
      });
      if (closed) await cwltool.close();
    } catch (error) {
      reason = error instanceof DaybookError ? error : new DaybookError('unavailable', String(error), { cause: error });
      options.log.warn(reason.message);
      if (!closed) timer = setTimeout(() => void open(Math.min(retryMs * 2, LAST_RETRY_MS)), retryMs);
    }
  };
  const tried = open(FIRST_RETRY_MS);

  return {
    get() {
      if (cwltool === undefined) throw reason;
      return cwltool;
    },
    tried,
    async close() {
      closed = true;
      clearTimeout(timer);
      await tried;
      await cwltool?.close();
    },
  };
}
