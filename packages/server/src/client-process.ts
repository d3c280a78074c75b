import { EXIT } from '@daybook/client';

const controller = new AbortController();

/** Aborted by the first Ctrl-C once {@link prepareClientProcess} was called. */
export const interruption: AbortSignal = controller.signal;

/**
 * Makes this process end as a tool of a shell does, which servers must not: by itself at Ctrl-C, at once at a second one, and without a word where
 * whoever read the output, such as head, has enough.
 */
export function prepareClientProcess(): void {
  process.once('SIGINT', () => {
    process.once('SIGINT', () => process.exit(EXIT.interrupted));
    controller.abort();
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.closedPipe);
    throw error;
  });
}
