import { EXIT } from '@daybook/client';

const controller = new AbortController();

/** Aborted by the first Ctrl-C once {@link catchInterruption} was called. */
export const interruption: AbortSignal = controller.signal;

/** Lets the running command end by itself at Ctrl-C; a second one ends the process at once. */
export function catchInterruption(): void {
  process.once('SIGINT', () => {
    process.once('SIGINT', () => process.exit(EXIT.interrupted));
    controller.abort();
  });
}
