import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JournalEvent } from './journal-event.ts';
import { decodeRecord, encodeRecord } from './journal-record.ts';
import type { ContentPlace } from './message.ts';

const number = fc.nat({ max: 2 ** 40 });
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.uuid());
const message = fc.record({
  type: fc.constant('message' as const),
  queue: number,
  message: fc.record({
    sequence: number,
    groupId: fc.option(text, { nil: undefined }),
    sentAt: number,
    visibleAt: number,
    receiveCount: number,
    firstReceivedAt: fc.option(number, { nil: undefined }),
    lastReceivedAt: fc.option(number, { nil: undefined }),
  }),
  content: fc.record({ messageId: text, body: text }),
});
const deduplicated = fc.record({
  type: fc.constant('deduplicated' as const),
  scope: number,
  key: text,
  first: fc.record({ messageId: text, sequence: number }),
  until: number,
});
const deleted = fc.record({ type: fc.constant('deleted' as const), queue: number, sequences: fc.array(number) });

it('a record gives back its events, and the place of every content', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(message, deduplicated, deleted), { minLength: 1 }), number, (events, offset) => {
      const { payload } = encodeRecord(events);
      const seen: JournalEvent[] = [];
      decodeRecord(payload, { segment: 7, offset }, (event, place) => {
        if (event.type !== 'message') return void seen.push(event);
        const { segment, offset: start, bytes } = place as ContentPlace;
        expect(segment).toBe(7);
        const content = JSON.parse(payload.subarray(start - offset, start - offset + bytes).toString());
        seen.push({ ...event, content });
      });
      expect(seen).toEqual(events);
    }),
  );
});

it('what is no record is a syntax error', () => {
  for (const wrong of [
    '["message",1,1,0,0,0,"a\n',
    '["message",-1,1.5,0,0,0,null,null\n{}\n',
    '{"type":"counter","next":1}',
    '5\n',
    'null\n',
    '["other"]\n',
    '["message",1,1,0,0,0,null,null,null]\n',
  ]) {
    expect(() => decodeRecord(Buffer.from(wrong), { segment: 1, offset: 0 }, () => {})).toThrow(SyntaxError);
  }
});
