import { wholeDoubles } from './whole-doubles.ts';

/** One request of a session. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The lines of a bulk request, in the place of a body. */
  readonly lines?: readonly unknown[];
  /** So many times, each with `search_after` of the last hit before; the answer has the hits of all pages. */
  readonly pages?: number;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Where whole numbers are doubles, of an answer that has come just now. */
  readonly wholeDoubles?: readonly string[];
}

const LIMIT_MS = 60_000;
/** What stands for a missing value in the order of whole numbers is beyond what JavaScript reads; as a string it can be sent back. */
const LARGEST = /([[,])(-?922337203685477580[78])(?=[\],])/g;

/** Sends a request, all of its pages if it asks for several. */
export async function send(url: string, exchange: Exchange): Promise<Answer> {
  if (exchange.pages === undefined) return await sendOnce(url, exchange);
  const hits: unknown[] = [];
  let { body } = exchange as { body: Record<string, unknown> };
  let answer: Answer | undefined;
  for (let page = 0; page < exchange.pages; page += 1) {
    answer = await sendOnce(url, { ...exchange, body });
    const found = (answer.body as { hits?: { hits?: { sort?: unknown }[] } }).hits?.hits;
    if (found === undefined) return answer;
    hits.push(...found);
    const last = found.at(-1);
    if (last === undefined) break;
    body = { ...body, search_after: last.sort };
  }
  const whole = answer as { status: number; body: { hits: object } };
  return { status: whole.status, body: { ...whole.body, hits: { ...whole.body.hits, hits } } };
}

async function sendOnce(url: string, { method, path, body, lines }: Exchange): Promise<Answer> {
  const text = lines === undefined ? JSON.stringify(body) : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const response = await fetch(`${url}${path}`, {
    method,
    headers: text === undefined ? {} : { 'content-type': lines ? 'application/x-ndjson' : 'application/json' },
    ...(text === undefined ? {} : { body: text }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const answer = await response.text();
  return {
    status: response.status,
    body: answer === '' ? undefined : JSON.parse(response.ok ? answer.replace(LARGEST, '$1"$2"') : answer),
    ...(response.ok && answer !== '' && { wholeDoubles: wholeDoubles(answer) }),
  };
}
