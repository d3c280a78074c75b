import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { type Answer, call, type Json, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const label = `list-${Date.now().toString(36)}`;
const jobs: string[] = [];

beforeAll(async () => {
  for (const [text, pause] of [
    ['calamity', 1],
    ['serenity', 0],
    ['calamity of names', 0],
  ]) {
    const answer = await call(
      'POST',
      `${ades}/processes/echo/execution`,
      { inputs: { text, pause }, labels: [label, `pause-${pause}`] },
      { prefer: 'respond-async', 'x-user-id': `user-${text}`.replaceAll(' ', '-') },
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    jobs.push(answer.body.jobID);
    await verdictOf(database, answer.body.jobID);
  }
  const ended = 'status=successful&maxDuration=100';
  await eventually('all in searches', async () => ((await list(ended)).length === 3 ? true : undefined));
});

async function list(query: string): Promise<readonly number[]> {
  const answer = await call('GET', `${ades}/jobs?label=${label}&${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.jobs.map((job: Json) => jobs.indexOf(job.jobID));
}

describe('the list of jobs', () => {
  it.each([
    ['', [2, 1, 0]],
    ['type=process', [2, 1, 0]],
    ['type=service', []],
    ['processID=none,echo', [2, 1, 0]],
    ['processID=none', []],
    ['status=successful,failed', [2, 1, 0]],
    ['status=running,accepted', []],
    ['user=user-serenity', [1]],
    ['label=pause-0', [2, 1]],
    ['datetime=../2001-01-01', []],
    ['datetime=2001-01-01/..', [2, 1, 0]],
    ['minDuration=1', [0]],
    ['maxDuration=0.9', [2, 1]],
    ['q=pause-1', [0]],
    ['q=user-id:user-calamity*', [2, 0]],
    ['q=nowhere-at-all', []],
    ['sortby=created', [0, 1, 2]],
    ['sortby=-duration&limit=1', [0]],
    ['sortby=%2BjobID', [0, 1, 2]],
  ])('with %j has the jobs %j', async (query, expected) => {
    expect(await list(query)).toEqual(expected);
  });

  it('is paged by links in both directions', async () => {
    const first = (await call('GET', `${ades}/jobs?label=${label}&limit=2&sortby=created`)).body;
    const link = (page: Json, rel: string) => page.links.find((each: Json) => each.rel === rel)?.href;
    const second = (await call('GET', link(first, 'next'))).body;
    expect([...first.jobs, ...second.jobs].map((job: Json) => jobs.indexOf(job.jobID))).toEqual([0, 1, 2]);
    expect(link(second, 'next')).toBeUndefined();
    expect((await call('GET', link(second, 'prev'))).body.jobs).toEqual(first.jobs);
    const byOffset = (await call('GET', `${ades}/jobs?label=${label}&limit=2&sortby=created&offset=2`)).body;
    expect(byOffset.jobs).toEqual(second.jobs);
    expect((await call('GET', link(byOffset, 'prev'))).body.jobs).toEqual(first.jobs);
  });

  it('refuses a place that is none, or one of another order, or two at once', async () => {
    const first = (await call('GET', `${ades}/jobs?label=${label}&limit=1`)).body;
    const next = new URL(first.links.find((each: Json) => each.rel === 'next').href);
    const after = next.searchParams.get('after')!;
    const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const [query, reason] of [
      ['after=xyz', /after must be taken as it stands in a link .* not "xyz"/],
      [`before=${after}x`, /before must be taken as it stands in a link/],
      [`after=${forged('submit-time', 'desc', 'yesterday', 'a')}`, /after must be taken as it stands in a link/],
      [`after=${forged('submit-time', 'desc', 1)}`, /after must be taken as it stands in a link/],
      [`after=${forged({ $gt: 1 })}`, /after must be taken as it stands in a link/],
      [`sortby=duration&after=${after}`, /is sorted by "submit-time" desc, this one is by duration asc/],
      [`offset=1&after=${after}`, /after does not go with offset/],
      [`before=${after}&after=${after}`, /after does not go with before/],
    ] as const) {
      const answer = await call('GET', `${ades}/jobs?${query}`);
      expect([query, answer.status, answer.body.detail]).toEqual([query, 400, expect.stringMatching(reason)]);
    }
  });

  it.each(['status=done', 'datetime=yesterday', 'sortby=user', 'limit=0', 'minDuration=-1', 'q=(', 'q='])(
    'is refused with %j, which names nothing that can be listed',
    async (query) => {
      const answer = await call('GET', `${ades}/jobs?${query}`);
      expect([answer.status, answer.body.detail]).toEqual([400, expect.stringMatching(/.{10}/)]);
    },
  );
});

describe('a query string that is none', () => {
  it.each([
    ['(', /not "\(": it ends too early, after character 1$/],
    ['label:a AND', /not "label:a AND": it ends too early, after character 11$/],
    ['AND a', /not "AND a": "AND a" is not expected there, from character 1 on$/],
    ['a ) b', /not "a \) b": "\) b" is not expected there, from character 3 on$/],
  ])('such as %j is refused wherever it stands, with the place where it is wrong', async (q, reason) => {
    const query = new URLSearchParams({ q });
    const operation = { action: 'dismiss', query: q, 'dry-run': true };
    const answers = [
      await call('GET', `${ades}/jobs?${query}`),
      await call('GET', `${ades}/jobs/events?${query}`),
      await call('POST', `${ades}/operations`, operation),
    ];
    for (const { status, body } of answers) expect([status, body.detail]).toEqual([400, expect.stringMatching(reason)]);
    const names = ['query parameter q', 'query parameter q', 'query'];
    expect(answers.map(({ body }) => body.detail.split(' must be')[0])).toEqual(names);
    const search = await call('POST', `${ades}/jobs/search`, { query: { query_string: { query: q } } });
    expect([search.status, search.body.detail]).toEqual([400, expect.stringMatching(/^body is not taken: Failed to/)]);
    expect(JSON.stringify([answers, search])).not.toContain('_search');
  });
});

describe('a list of more jobs than an engine pages by offset', () => {
  const many = `many-${label}`;
  const count = 10_050;
  const process = `listed-${label}`;

  /** Some have not begun or not ended: they come last in an order by what they do not have. */
  beforeAll(async () => {
    const documents = Array.from({ length: count }, (_, n) => ({
      id: `${many}-${String(n).padStart(5, '0')}`,
      'process-id': process,
      status: ['running', 'succeeded', 'mapping'][n % 3],
      state: n % 3 === 1 ? 'successful' : 'running',
      labels: n < 500 ? [many, `few-${label}`] : [many],
      'submit-time': new Date(Date.UTC(2001, 0, 1) + (n % 5_000)).toISOString(),
      ...(n % 4 > 0 && { duration: (n % 7) / 8 }),
      ...(n % 2 > 0 && { 'start-time': new Date(Date.UTC(2001, 0, 2) + (n % 50)).toISOString() }),
    }));
    const lines = documents.flatMap((document) => [{ index: { _index: 'jobs', _id: document.id } }, document]);
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const answer = await call('POST', `${database}/_bulk?refresh=true`, body, {
      'content-type': 'application/x-ndjson',
    });
    expect([answer.status, answer.body.errors]).toEqual([200, false]);
  });

  const link = (page: Json, rel: string) => page.links.find((each: Json) => each.rel === rel)?.href;

  async function read(url: string, rel: 'next' | 'prev'): Promise<{ pages: Json[][]; last: string }> {
    const pages: Json[][] = [];
    for (let at: string | undefined = url, last = url; ; last = at) {
      const { status, body }: { status: number; body: Json } = await call('GET', at);
      expect(status, JSON.stringify(body).slice(0, 1_000)).toBe(200);
      pages.push(body.jobs);
      at = link(body, rel);
      if (at === undefined) return { pages, last };
    }
  }

  it('is read to its end by next links', async () => {
    const { pages } = await read(`${ades}/jobs?label=${many}&limit=4000`, 'next');
    expect(pages.map(({ length }) => length)).toEqual([4_000, 4_000, 2_050]);
    expect(new Set(pages.flat().map(({ jobID }) => jobID)).size).toBe(count);
  });

  it.each(['created', 'duration', '-duration', 'started', '-started', 'status', '-jobID'])(
    'sorted by %s is read forth by next links and back by prev ones, with the jobs last that have no such value',
    async (sortby) => {
      const url = `${ades}/jobs?label=few-${label}&sortby=${sortby}&limit=150`;
      const there = await read(url, 'next');
      expect(there.pages.map(({ length }) => length)).toEqual([150, 150, 150, 50]);
      expect(new Set(there.pages.flat().map(({ jobID }) => jobID)).size).toBe(500);
      const back = await read(there.last, 'prev');
      expect(back.pages.reverse().flat()).toEqual(there.pages.flat());
      expect((await call('GET', `${url}&offset=150`)).body.jobs).toEqual(there.pages[1]);
    },
  );

  it('goes on from the last page that an offset reaches', async () => {
    const query = `label=${many}&sortby=jobID&limit=1000`;
    const at = (await call('GET', `${ades}/jobs?${query}&offset=9500`)).body;
    expect(at.jobs).toHaveLength(500);
    const rest = (await call('GET', link(at, 'next'))).body;
    expect(rest.jobs.map(({ jobID }: Json) => jobID)).toEqual(
      Array.from({ length: 50 }, (_, n) => `${many}-${10_000 + n}`),
    );
  });

  it('of one process, in the form of WPS-T, is read to its end by the Link header', async () => {
    const ids = new Set<string>();
    let at: string | undefined = `${ades}/processes/${process}/jobs?limit=4000`;
    while (at !== undefined) {
      const answer: Answer = await call('GET', at);
      for (const { jobID } of answer.body.jobs) ids.add(jobID);
      at = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(ids.size).toBe(count);
  });
});
