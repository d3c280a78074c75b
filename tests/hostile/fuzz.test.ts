import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';
import { randomNumbers } from '../support/random.ts';
import type { Json } from '../support/wps-t.ts';
import { mutateJson, mutateText, pick, type Random } from './mutate.ts';
import { requests } from './requests.ts';

const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 1_000_000);
const count = Number(process.env.DAYBOOK_TEST_REQUESTS ?? 4000);
const atOnce = 8;

let database: Database;
let send: Send;

beforeAll(async () => {
  console.log(`DAYBOOK_TEST_SEED=${seed}`);
  database = await startDatabase('--log-level', 'error');
  send = sender(database.url);
  const mappings = { properties: { status: { type: 'keyword' }, title: { type: 'text' }, date: { type: 'date' } } };
  await send('PUT', '/runs', { mappings });
  for (let n = 0; n < 20; n += 1) {
    const document = { n, status: n % 3 ? 'failed' : 'running', title: `a b c${n}`, date: `2026-01-0${1 + (n % 9)}` };
    await send('PUT', `/runs/_doc/${n}`, document);
  }
});
afterAll(() => database.stop());

interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

function attempt(random: Random): Attempt {
  const [method, path, json] = pick(requests, random);
  const body = json === undefined ? undefined : mutatedBody(json, random);
  const changedMethod =
    random() < 0.08 ? pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'], random) : method;
  const hasBody = body !== undefined && changedMethod !== 'GET' && changedMethod !== 'HEAD';
  return {
    method: changedMethod,
    path: random() < 0.35 ? mutatedPath(path, random) : path,
    headers: random() < 0.05 ? { 'content-type': pick(['text/plain', 'application/xml', '', 'a/b;c=d'], random) } : {},
    ...(hasBody ? { body } : {}),
  };
}

function mutatedBody(json: object, random: Random): string {
  const times = Math.ceil(random() * 3);
  let changed: Json = json;
  for (let time = 0; time < times; time += 1) changed = mutateJson(changed, random);
  const isLines = Array.isArray(json);
  const text =
    isLines && Array.isArray(changed)
      ? changed.map((line) => `${JSON.stringify(line)}\n`).join('')
      : (JSON.stringify(changed) ?? '');
  return random() < 0.2 ? mutateText(text, random) : text;
}

function mutatedPath(path: string, random: Random): string {
  const [place = '', query] = path.split('?');
  const changed = random() < 0.5 ? mutateText(place, random) : place;
  const parameters =
    query === undefined ? [] : query.split('&').map((each) => (random() < 0.5 ? mutateText(each, random) : each));
  if (random() < 0.3)
    parameters.push(
      pick(['pretty', 'filter_path=**.x', 'human=maybe', 'format=yaml', 'format=json', 'size=-1', 'zzz'], random),
    );
  const encoded = [...changed]
    .map((each) => (/[\w/*,.:<>-]/.test(each) ? each : encodeURIComponent(wellFormed(each))))
    .join('');
  return `/${encoded.replace(/^\/+/, '')}${parameters.length === 0 ? '' : `?${encodeURI(wellFormed(parameters.join('&')))}`}`;
}

/** Half of a pair of surrogates stands in no URL. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** What is wrong with an answer; undefined when nothing is. */
async function problemOf({ method, path, body, headers }: Attempt): Promise<string | undefined> {
  const startedMs = performance.now();
  const answer = await send(method, path, body, headers).catch((error: Error) => error);
  const what = `${method} ${path} ${body?.slice(0, 2000)}`;
  if (answer instanceof Error) return `${what} was not answered: ${answer.message} ${answer.cause}`;
  if (performance.now() - startedMs > 10_000) return `${what} took longer than 10 s`;
  if (answer.headers.get('x-elastic-product') !== 'Elasticsearch') return `${what} lacks the product's name`;
  if (method === 'HEAD' || path.includes('filter_path')) return undefined;
  if (answer.status < 400) {
    const isText = answer.headers.get('content-type')?.startsWith('text/plain') === true;
    return isText || answer.json !== undefined ? undefined : `${what} was answered ${answer.status} ${answer.text}`;
  }
  const error: Json = answer.json?.error;
  const isPlain = typeof error === 'string';
  const hasOtherForm =
    ['failures', 'found', 'matched', 'result', 'timed_out', 'succeeded'].some((name) => name in (answer.json ?? {})) ||
    // compat: a legacy template that is not there is an empty object.
    (answer.status === 404 && path.startsWith('/_template/') && answer.text.replaceAll(/\s/g, '') === '{}');
  const isShaped =
    typeof error?.type === 'string' && typeof error.reason === 'string' && answer.json.status === answer.status;
  const shown = `${what} was answered ${answer.status} ${answer.text.slice(0, 1000)}`;
  if (!isPlain && !isShaped && !hasOtherForm) return shown;
  return error?.type === 'exception' ? shown : undefined;
}

test('no request, however malformed, ends the database, keeps it from answering, or gets an answer without form', async () => {
  const random = randomNumbers(seed);
  const problems: string[] = [];
  for (let done = 0; done < count && problems.length < 20; done += atOnce) {
    const attempts = Array.from({ length: atOnce }, () => attempt(random));
    const found = await Promise.all(attempts.map(problemOf));
    problems.push(...found.filter((problem) => problem !== undefined));
    if (done % 200 === 0) {
      const startedMs = performance.now();
      expect((await send('GET', '/_cluster/health')).status).toBe(200);
      expect(performance.now() - startedMs).toBeLessThan(2000);
    }
  }
  expect(problems, `DAYBOOK_TEST_SEED=${seed}`).toEqual([]);
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${database.pid}/status`, 'utf8'));
  expect(Number(peak?.[1])).toBeLessThan(1_500_000);
  expect(database.output()).not.toContain('"level":"error"');
}, 300_000);
