import { join } from 'node:path';

/** A stream that a tool writes. */
export type ToolStream = 'stdout' | 'stderr';

/** Where cwltool's own log of a run is. */
export function runLogPath(directory: string): string {
  return join(directory, 'stderr.log');
}

/** Where a stream of a tool is, by the number that its start was reported with. It is there before the start is reported. */
export function toolLogPath(directory: string, log: number, stream: ToolStream): string {
  return join(directory, `tool-${log}.${stream}.log`);
}
