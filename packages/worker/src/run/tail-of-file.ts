import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Colours and cursor movements, which cwltool's tools may print. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what it looks for
const ESCAPE_SEQUENCE = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** A job may have put a link to a file of ours in the place of its log, or a pipe that never ends. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The last whole lines of a text file, up to `maxBytes`; empty where there is no such file, also where there is a link to one. */
export async function tailOfFile(path: string, maxBytes: number): Promise<string> {
  const file = await open(path, FLAGS).catch(() => undefined);
  if (file === undefined) {
    return '';
  }
  try {
    const stats = await file.stat();
    const size = stats.isFile() ? stats.size : 0;
    const start = Math.max(0, size - maxBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, maxBytes)), position: start });
    const text = buffer.toString('utf8', 0, bytesRead);
    const whole = start > 0 ? text.slice(text.indexOf('\n') + 1) : text;
    return plainText(whole);
  } finally {
    await file.close();
  }
}

/** A text without colours and cursor movements, and without white space at its end. */
export function plainText(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, '').trimEnd();
}
