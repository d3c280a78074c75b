import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { call, type Json, verdictOf } from '../support/wps-t.ts';

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
  });

  it.each(['status=done', 'datetime=yesterday', 'sortby=user', 'limit=0', 'minDuration=-1', 'q=(', 'q='])(
    'is refused with %j, which names nothing that can be listed',
    async (query) => {
      const answer = await call('GET', `${ades}/jobs?${query}`);
      expect([answer.status, answer.body.detail]).toEqual([400, expect.stringMatching(/.{10}/)]);
    },
  );
});
