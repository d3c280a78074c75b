import type { LogPosition } from '@daybook/durable-log';
import type { EventVisitor, JournalEvent } from './journal-event.ts';
import { formatEvent, parseEvent } from './wire-event.ts';

const NEWLINE = 0x0a;
const END_OF_LINE = Buffer.of(NEWLINE);

/** Where a content is in its record's payload. */
interface ContentSpan {
  readonly start: number;
  readonly bytes: number;
}

/** The payload of a record, and for each event of a message where in it its content is. The form stands in JOURNAL.md. */
export function encodeRecord(events: readonly JournalEvent[]): {
  readonly payload: Buffer;
  readonly contents: readonly (ContentSpan | undefined)[];
} {
  const lines: Uint8Array[] = [];
  let bytes = 0;
  const contents = events.map((event): ContentSpan | undefined => {
    if (event.type !== 'message') {
      const line = Buffer.from(`${formatEvent(event)}\n`);
      lines.push(line);
      bytes += line.length;
      return undefined;
    }
    const { content } = event;
    const line = Buffer.from(`${formatEvent(event)}\n`);
    const contentLine = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
    const span = { start: bytes + line.length, bytes: contentLine.length };
    lines.push(line, contentLine, END_OF_LINE);
    bytes = span.start + span.bytes + 1;
    return span;
  });
  return { payload: lines.length === 1 ? (lines[0] as Buffer) : Buffer.concat(lines, bytes), contents };
}

/** Visits the events of a record. Throws a SyntaxError when it is none. */
export function decodeRecord(payload: Uint8Array, { segment, offset }: LogPosition, visit: EventVisitor): void {
  const buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const lineEnd = (start: number): number => {
    const end = buffer.indexOf(NEWLINE, start);
    if (end < 0) throw new SyntaxError('the last line has no end');
    return end;
  };
  for (let start = 0; start < buffer.length; ) {
    const end = lineEnd(start);
    const event = parseEvent(buffer, start, end);
    start = end + 1;
    if (event.type !== 'message') {
      visit(event, undefined);
      continue;
    }
    const contentEnd = lineEnd(start);
    visit(event, { segment, offset: offset + start, bytes: contentEnd - start });
    start = contentEnd + 1;
  }
}
