import { DaybookError } from '@daybook/errors';

/** The operating system's code of an error (`ENOENT`), or undefined where it has none. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether an error says that a path does not exist; a file where a directory was expected counts, as it does to a reader. */
export function isMissing(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What a failure of the file system is to the store's callers: `unavailable`, because room or rights can come back. */
export function storeError(action: string, cause: unknown): DaybookError {
  return cause instanceof DaybookError
    ? cause
    : new DaybookError(
        'unavailable',
        `The output store could not ${action}: ${systemErrorCode(cause) ?? String(cause)}`,
        { cause },
      );
}
