import { type CwlProcess, describeProcess } from '@daybook/cwl';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import type { Process } from './process.ts';

/** What a process's packed document, or the ADES where it is built in, says of its parameters. */
export function describeRecord(process: Process): Pick<CwlProcess, 'inputs' | 'outputs' | 'secrets'> {
  return isBuiltIn(process) ? process.description : describeProcess(process.cwl);
}
