import { DaybookError } from '@daybook/errors';

/** A line of a text, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

const MAX_LINE_CHARS = 4 * 1024 * 1024;

/** The lines of a text that comes in pieces. Throws `limit-exceeded` for one that is too long to keep. */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<Line, void, undefined> {
  let held = '';
  let number = 0;
  for await (const piece of pieces) {
    const lines = `${held}${piece}`.split('\n');
    held = lines.pop() as string;
    for (const text of lines) yield { number: ++number, text: text.replace(/\r$/, '') };
    if (held.length > MAX_LINE_CHARS)
      throw new DaybookError('limit-exceeded', `line ${number + 1}: longer than ${MAX_LINE_CHARS} characters`);
  }
  if (held !== '') yield { number: ++number, text: held };
}
