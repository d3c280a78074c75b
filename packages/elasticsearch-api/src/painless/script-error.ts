import { DaybookError } from '@daybook/errors';
import { illegalArgument } from '../errors/errors.ts';

const CONTEXT = 25;

/** An error in a script's text (`compile error`) or while it ran (`runtime error`), pointing at the place. */
export function scriptError(
  source: string,
  at: number,
  kind: 'compile error' | 'runtime error',
  message: string,
): DaybookError {
  const start = Math.max(0, at - CONTEXT);
  const end = Math.min(source.length, at + CONTEXT);
  const type = kind === 'compile error' ? 'illegal_argument_exception' : 'runtime_exception';
  return new DaybookError('invalid-argument', kind, {
    detail: {
      reason: 'script_exception',
      properties: {
        script_stack: [source.slice(start, end), `${' '.repeat(at - start)}^---- HERE`],
        script: source,
        lang: 'painless',
        position: { offset: at, start, end },
      },
      causedBy: { type, reason: message },
    },
  });
}

/** What an update says of a script that could not be run. */
export function failedScript(cause: DaybookError): DaybookError {
  return illegalArgument('failed to execute script', cause);
}
