import type { BuiltInProcess } from '../built-in/built-in-process.ts';
import type { ProcessRecord } from './process-record.ts';

/** What can be executed. */
export type Process = ProcessRecord | BuiltInProcess;
