import { DaybookError } from '@daybook/errors';

/** One server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  /** Empty where the event has none. */
  readonly id: string;
  readonly data: string;
}

const MAX_EVENT_CHARS = 8 * 1024 * 1024;

/** The events of a stream as they come (HTML, section 9.2), without comments. What follows the last empty line is no event. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent, void, undefined> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of body) {
    held += decoder.decode(chunk, { stream: true });
    const blocks = held.split('\n\n');
    held = blocks.pop() as string;
    if (held.length > MAX_EVENT_CHARS)
      throw new DaybookError('limit-exceeded', `an event of the ADES is longer than ${MAX_EVENT_CHARS} characters`);
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event !== undefined) yield event;
    }
  }
}

function parseEvent(block: string): ServerSentEvent | undefined {
  const fields = block.split('\n').map((line) => /^([a-z]+)(?:: ?(.*))?$/s.exec(line));
  const valuesOf = (name: string): string[] => fields.flatMap((field) => (field?.[1] === name ? (field[2] ?? '') : []));
  const data = valuesOf('data');
  if (data.length === 0) return undefined;
  return { event: valuesOf('event').at(-1) ?? 'message', id: valuesOf('id').at(-1) ?? '', data: data.join('\n') };
}
