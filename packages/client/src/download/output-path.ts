import { join } from 'node:path';
import { DaybookError } from '@daybook/errors';

/**
 * The path behind `/jobs/{id}/outputs/` of an output's URL, as it stands there; undefined for one that the ADES does not keep. The host is not
 * looked at: the ADES may be known by another name here than where its jobs ran.
 */
export function outputPathOf(href: string, jobId: string): string | undefined {
  const start = `/jobs/${encodeURIComponent(jobId)}/outputs/`;
  if (!URL.canParse(href)) return undefined;
  const { pathname } = new URL(href);
  const at = pathname.indexOf(start);
  return at === -1 ? undefined : pathname.slice(at + start.length);
}

/** Where a file of that path goes below `folder`. Throws `invalid-argument` for a name that would lead elsewhere. */
export function localPath(folder: string, outputPath: string): string {
  const names = outputPath.split('/').map(decode);
  const wrong = names.find((name) => name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name));
  if (wrong === undefined) return join(folder, ...names);
  throw new DaybookError('invalid-argument', `output ${JSON.stringify(outputPath)}: cannot be the name of a file here`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
