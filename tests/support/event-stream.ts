/** One server-sent event. */
interface ServerSentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** Events as they come. */
export interface EventStream {
  /** Undefined at the end of the stream. */
  next(): Promise<ServerSentEvent | undefined>;
  close(): Promise<void>;
}

/** Follows a URL as a browser's EventSource does, but does not connect again. */
export async function followEvents(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const answer = await fetch(url, { headers: { accept: 'text/event-stream', ...headers } });
  if (answer.status !== 200 || answer.body === null) throw new Error(`${answer.status}: ${await answer.text()}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  return {
    async next() {
      for (;;) {
        const end = held.indexOf('\n\n');
        if (end >= 0) {
          const event = parseEvent(held.slice(0, end));
          held = held.slice(end + 2);
          if (event !== undefined) return event;
          continue;
        }
        const { value, done } = await reader.read();
        if (done) return undefined;
        held += value;
      }
    },
    close: () => reader.cancel(),
  };
}

/** Undefined for a comment. */
function parseEvent(text: string): ServerSentEvent | undefined {
  const fields = text.split('\n').map((line) => /^(\w+): ?(.*)$/s.exec(line));
  const all = (name: string): string[] => fields.flatMap((field) => (field?.[1] === name ? (field[2] ?? '') : []));
  const data = all('data');
  return data.length === 0
    ? undefined
    : { event: all('event')[0] ?? 'message', id: all('id')[0] ?? '', data: data.join('\n') };
}
