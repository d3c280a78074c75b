import { type CwlProcess, describeProcess } from '@daybook/cwl';
import type { ProcessRecord } from './process-record.ts';

/** What a deployed process's packed document says of itself. */
export function describeRecord(process: ProcessRecord): CwlProcess {
  return describeProcess(process.cwl);
}
