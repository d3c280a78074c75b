import { checkSegment } from './names.ts';

const FILE = /^(.+)\.log$/s;
const FOLDER = /^([1-9]\d{0,14})\.logs$/;

/** The attempt whose logs stand in a folder of this name, or undefined. */
export function attemptOfLogs(folder: string): number | undefined {
  const [, attempt] = FOLDER.exec(folder) ?? [];
  return attempt === undefined ? undefined : Number(attempt);
}

/** The name under which a log is kept. Throws `invalid-argument` for one that is too long, empty or no text. */
export function fileOfLog(name: string): string {
  checkSegment('log', name.replaceAll('/', ''));
  const file = `${encodeURIComponent(name)}.log`;
  checkSegment('log', file);
  return file;
}

/** The log that is kept under a name, or undefined where that is no name of a log. */
export function logOfFile(file: string): string | undefined {
  const [, encoded] = FILE.exec(file) ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
