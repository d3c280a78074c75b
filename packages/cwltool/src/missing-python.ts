import { DaybookError } from '@daybook/errors';
import { PYTHON_DIRECTORY } from './python-package.ts';

const HOW_TO_INSTALL = 'Debian: apt-get install python3 python3-venv; macOS: brew install python';

/** Explains why the server did not start, and what to install. `said`: what it wrote to standard error. */
export function startFailure(python: string, cause: unknown, said: string): DaybookError {
  const detail = { python };
  if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EACCES')) {
    const message = `There is no Python at ${python}. Install Python 3.10 or newer (${HOW_TO_INSTALL}) and set up the virtual environment again.`;
    return new DaybookError('unavailable', message, { detail, cause });
  }
  if (/No module named|PackageNotFoundError/.test(said)) {
    const requirements = `${PYTHON_DIRECTORY}requirements.txt`;
    const message = `cwltool is not installed for ${python}. Install it: ${python} -m pip install -r ${requirements} (without pip: ${HOW_TO_INSTALL}).`;
    return new DaybookError('unavailable', message, { detail, cause });
  }
  const why = said.trim().split('\n').at(-1) || (cause instanceof Error ? cause.message : String(cause));
  return new DaybookError('unavailable', `cwltool did not start with ${python}: ${why}`, { detail, cause });
}
