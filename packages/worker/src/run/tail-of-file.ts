import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Colours and cursor movements, which cwltool's tools may print. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what it looks for
const ESCAPE_SEQUENCE = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** A job may have put a link to a file of ours in the place of its log, or a pipe that never ends. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The last whole lines of a text file, up to `maxBytes`; a carriage return begins one too. Empty where there is none, and where there is no such file or only a link
 * to one. It never begins within a line, of which a secret may be part.
 */
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
    return plainText(start > 0 ? text.replace(/^[^\r\n]*[\r\n]?/, '') : text);
  } finally {
    await file.close();
  }
}

/** A text without colours and cursor movements, and without white space at its end. */
function plainText(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, '').trimEnd();
}
