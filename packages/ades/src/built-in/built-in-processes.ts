import type { Process } from '../processes/process.ts';
import type { BuiltInProcess } from './built-in-process.ts';
import { echo } from './echo.ts';

/** All of them, by their ids. */
export const BUILT_IN_PROCESSES: ReadonlyMap<string, BuiltInProcess> = new Map([[echo.id, echo]]);

/** Whether the ADES itself runs the process. */
export function isBuiltIn(process: Process): process is BuiltInProcess {
  return BUILT_IN_PROCESSES.get(process.id) === process;
}
