import { runLogPath, toolLogPath } from '@daybook/cwltool';
import { plainText, tailOfFile } from '../run/tail-of-file.ts';
import { withoutNotices } from '../run/without-notices.ts';

const MAX_BYTES = 32 * 1024;
const MAX_CHARACTERS = 4096;

/** What explains a failure best, of what is known. */
export interface LastWordsOf {
  /** The run's. */
  readonly directory: string;
  /** What the failed tool wrote last. */
  readonly toolOutput?: string | undefined;
  /** The number of the logs of the tool that was stopped. */
  readonly stoppedTool?: number | undefined;
}

/** The end of the tool's log, or of cwltool's own where no tool is to blame or it wrote nothing; empty where both are. `mask` hides secrets. */
export async function lastWords(
  { directory, toolOutput = '', stoppedTool }: LastWordsOf,
  mask: (text: string) => string,
): Promise<string> {
  const tool = plainText(toolOutput) || (stoppedTool === undefined ? '' : await tailOfTool(directory, stoppedTool));
  const words = tool || withoutNotices(await tailOfFile(runLogPath(directory), MAX_BYTES));
  return mask(words).slice(-MAX_CHARACTERS);
}

async function tailOfTool(directory: string, log: number): Promise<string> {
  const stderr = await tailOfFile(toolLogPath(directory, log, 'stderr'), MAX_BYTES);
  return stderr || tailOfFile(toolLogPath(directory, log, 'stdout'), MAX_BYTES);
}
