import { expect, it } from 'vitest';
import { readEvents } from './server-sent-events.ts';

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

it('events are the same however the stream is cut', async () => {
  const stream = ': hello\n\nid: 7\ndata: première\ndata:  ligne\n\nevent: end\nid:\ndata\n\ndata: cut off';
  for (const size of [1, 2, 3, 1000]) {
    const events = [];
    for await (const event of readEvents(chunks(Buffer.from(stream), size))) events.push(event);
    expect(events).toEqual([
      { event: 'message', id: '7', data: 'première\n ligne' },
      { event: 'end', id: '', data: '' },
    ]);
  }
});
