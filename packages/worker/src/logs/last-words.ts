import { runLogPath, toolLogPath } from '@daybook/cwltool';
import { tailOfFile } from '../run/tail-of-file.ts';
import { withoutNotices } from '../run/without-notices.ts';

const MAX_BYTES = 32 * 1024;
const MAX_CHARACTERS = 4096;

/**
 * What explains best how a run in `directory` ended: the end of what the tool wrote whose logs have the number `tool`, or of cwltool's own log where no tool is to
 * blame or it wrote nothing; empty where both are. `mask` hides secrets; it sees more than is given, from the beginning of a line, so that none is cut.
 */
export async function lastWords(
  directory: string,
  tool: number | undefined,
  mask: (text: string) => string,
): Promise<string> {
  const said = tool === undefined ? '' : await tailOfTool(directory, tool);
  const words = said || withoutNotices(await tailOfFile(runLogPath(directory), MAX_BYTES));
  return mask(words).slice(-MAX_CHARACTERS);
}

/** Standard error, or standard output where that is empty. */
async function tailOfTool(directory: string, tool: number): Promise<string> {
  const stderr = await tailOfFile(toolLogPath(directory, tool, 'stderr'), MAX_BYTES);
  return stderr || tailOfFile(toolLogPath(directory, tool, 'stdout'), MAX_BYTES);
}
