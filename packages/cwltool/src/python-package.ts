import { fileURLToPath } from 'node:url';

/** Directory that holds the Python package `daybook_cwltool`; Python finds it there because it is started in it. */
export const PYTHON_DIRECTORY: string = fileURLToPath(new URL('../python/', import.meta.url));

/** Arguments that start the package's program. */
export const PYTHON_PROGRAM: readonly string[] = ['-m', 'daybook_cwltool'];
