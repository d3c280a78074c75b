import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExactNumber, parseExactJson } from '../json/exact-json.ts';
import { startApi, type TestApi } from '../testing/start-api.ts';

interface Exchange {
  readonly request: string;
  readonly body?: unknown;
  status?: number;
  answer?: unknown;
  readonly difference?: string;
}

interface Answer {
  readonly status: number;
  readonly answer: unknown;
}

const folder = new URL('./', import.meta.url);
const recordFrom = process.env.RECORD_FROM;

/** What no two runs share, and what our protocol leaves out or counts otherwise (see PROTOCOL.md). */
const incomparable: ReadonlySet<string> = new Set(
  '_node _shards _primary_term _seq_no col failed_shards grouped index_uuid line node phase took uuid'.split(' '),
);

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string') return value.replace(/^\[\d+:\d+\] /, '');
  // Sums of doubles differ in their last digits with the order of addition.
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (value instanceof ExactNumber) return withKind(value.text);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !incomparable.has(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, comparable(member)]));
}

/** A whole number that is written as a double, `1.0`, is no long. */
function withKind(number: string): unknown {
  const rounded = comparable(Number(number));
  return /[.E]/.test(number) && Number.isInteger(rounded) ? `double ${rounded}` : rounded;
}

async function ask(url: string, { request, body }: Exchange): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ');
  const isLines = Array.isArray(body) && /_bulk|_msearch/.test(path);
  const text = isLines ? `${body.map((line) => JSON.stringify(line)).join('\n')}\n` : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': isLines ? 'application/x-ndjson' : 'application/json' },
    ...(body === undefined ? {} : { body: text }),
  });
  return { status: response.status, answer: comparable(parseExactJson(await response.text())) };
}

async function record(url: string, file: URL, exchanges: readonly Exchange[]): Promise<void> {
  for (const { request } of exchanges) {
    const created = /^PUT (\/[a-z0-9-]+)$/.exec(request);
    if (created !== null) await fetch(`${url}${created[1]}`, { method: 'DELETE' });
  }
  for (const exchange of exchanges) Object.assign(exchange, await ask(url, exchange));
  writeFileSync(file, `${JSON.stringify(exchanges, undefined, 2)}\n`);
}

for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
  const file = new URL(name, folder);
  const exchanges = JSON.parse(readFileSync(file, 'utf8')) as Exchange[];
  describe(name, () => {
    let api: TestApi;
    beforeAll(async () => {
      if (recordFrom !== undefined) await record(recordFrom, file, exchanges);
      api = await startApi();
    });
    afterAll(() => api.stop());

    test.each(exchanges.map((exchange, at) => [at, exchange.request, JSON.stringify(exchange.body ?? ''), exchange]))(
      '%i %s %s is answered as the real product answers it',
      async (_at, _request, _body, exchange) => {
        const { status, answer, difference } = exchange as Exchange;
        const ours = await ask(api.url, exchange as Exchange);
        if (difference === undefined) expect(ours).toEqual({ status, answer });
        else expect(ours).not.toEqual({ status, answer });
      },
    );
  });
}
