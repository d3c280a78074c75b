import { type Cwltool, openCwltool } from '@daybook/cwltool';
import type { Logger } from '../log.ts';

/** One cwltool for all parts of a process, opened when it is first needed. */
export interface CwltoolKeeper {
  /** The open cwltool. Rejects with `unavailable` and what to install while it is missing; the next call tries again. */
  open(): Promise<Cwltool>;
  close(): Promise<void>;
}

export function keepCwltool(options: { readonly python: string; readonly log: Logger }): CwltoolKeeper {
  let opening: Promise<Cwltool> | undefined;
  return {
    open() {
      opening ??= openCwltool({
        python: options.python,
        log: (level, message, detail) => options.log[level]({ ...detail }, message),
      }).catch((error) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    async close() {
      const cwltool = await opening?.catch(() => undefined);
      await cwltool?.close();
    },
  };
}
