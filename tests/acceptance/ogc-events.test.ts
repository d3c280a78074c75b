import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { type EventStream, followEvents } from '../support/event-stream.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, type Json, l1bInputs, submit, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const run = Date.now().toString(36);
let l1b: string;

beforeAll(async () => {
  l1b = await deployExample(ades, 'l1b-cwl/workflow.cwl');
});

async function echo(label: string, pause = 0): Promise<string> {
  const body = { inputs: { text: 'a', pause }, labels: [label] };
  const answer = await call('POST', `${ades}/processes/echo/execution`, body, { prefer: 'respond-async' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.jobID;
}

interface JobEvent {
  readonly id: string;
  readonly event: string;
  readonly job: Json;
}

async function next(stream: EventStream): Promise<JobEvent | undefined> {
  const event = await stream.next();
  return event && { id: event.id, event: event.event, job: event.data === '' ? undefined : JSON.parse(event.data) };
}

/** Reads until an event is the wanted one. */
async function until(stream: EventStream, isWanted: (event: JobEvent) => boolean): Promise<JobEvent[]> {
  const read: JobEvent[] = [];
  for (let event = await next(stream); event !== undefined; event = await next(stream)) {
    read.push(event);
    if (isWanted(event)) return read;
  }
  throw new Error(`the stream ended: ${JSON.stringify(read)}`);
}

describe('the events of one job', () => {
  it('are its state, each change, and its end', async () => {
    const id = await echo(`one-${run}`, 1);
    const stream = await followEvents(`${ades}/jobs/events?jobID=${id}`);
    const events = await until(stream, ({ event }) => event === 'end');
    const states = events.slice(0, -1).map(({ job }) => job.status);
    expect(['accepted', 'running']).toContain(states[0]);
    expect(states.at(-1)).toBe('successful');
    expect(events[0]?.job).toMatchObject({ jobID: id, processID: 'echo', type: 'process' });
    expect(await next(stream)).toBeUndefined();
  });

  it('of a job that has ended are its last state and the end', async () => {
    const id = await echo(`ended-${run}`);
    await verdictOf(database, id);
    const stream = await followEvents(`${ades}/jobs/events?jobID=${id}`);
    const events = await until(stream, ({ event }) => event === 'end');
    expect(events.map(({ event, job }) => [event, job?.status])).toEqual([
      ['job', 'successful'],
      ['end', undefined],
    ]);
  });
});

/** The first job of a label, once it has succeeded and lists say so. */
async function endedJob(label: string): Promise<string> {
  const id = await echo(label);
  await verdictOf(database, id);
  await eventually('the job in searches', async () => {
    return (await call('GET', `${ades}/jobs?label=${label}`)).body.jobs[0]?.status === 'successful' ? true : undefined;
  });
  return id;
}

describe('the events of many jobs', () => {
  it('are those that the filters select: as they are, then what comes to be and changes', async () => {
    const label = `many-${run}`;
    const first = await endedJob(label);
    const stream = await followEvents(`${ades}/jobs/events?label=${label}`);
    expect((await next(stream))?.job).toMatchObject({ jobID: first, status: 'successful' });
    const other = await echo(`other-${run}`);
    const second = await echo(label, 1);
    const events = await until(stream, ({ job }) => job.jobID === second && job.status === 'successful');
    expect(events.map(({ job }) => job.jobID)).not.toContain(other);
    expect(events.map(({ job }) => job.status)).toContain('running');
    await stream.close();

    const resumed = await followEvents(`${ades}/jobs/events?label=${label}`, { 'last-event-id': events.at(-1)!.id });
    const third = await echo(label);
    const later = await until(resumed, ({ job }) => job.jobID === third && job.status === 'successful');
    expect(later.map(({ job }) => job.jobID)).toContain(third);
    await resumed.close();
  });

  it('are only those of changes where the jobs as they are are not wanted', async () => {
    const label = `changes-${run}`;
    await endedJob(label);
    const stream = await followEvents(`${ades}/jobs/events?label=${label}&initial=false`);
    const second = await echo(label);
    const events = await until(stream, ({ job }) => job.status === 'successful');
    expect(new Set(events.map(({ job }) => job.jobID))).toEqual(new Set([second]));
    await stream.close();
  });

  it('tell when a job leaves what was asked for', async () => {
    const label = `leaves-${run}`;
    const id = await echo(label, 30);
    const stream = await followEvents(`${ades}/jobs/events?label=${label}&status=running,accepted`);
    await until(stream, ({ job }) => job.jobID === id);
    await call('DELETE', `${ades}/jobs/${id}`);
    const events = await until(stream, ({ job }) => job.status === 'dismissed');
    expect(events.at(-1)?.job.jobID).toBe(id);
    await stream.close();
  });

  it('serve many watchers, and no more than are allowed', async () => {
    const label = `crowd-${run}`;
    const streams = await Promise.all(
      Array.from({ length: 100 }, () => followEvents(`${ades}/jobs/events?label=${label}`)),
    );
    const refused = await call('GET', `${ades}/jobs/events?label=${label}`);
    expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining('100')]);
    const id = await echo(label);
    const told = await Promise.all(streams.map((stream) => until(stream, ({ job }) => job.status === 'successful')));
    for (const events of told) expect(events.at(-1)?.job.jobID).toBe(id);
    await Promise.all(streams.map((stream) => stream.close()));
    const again = await eventually('a place for one more', () => followEvents(`${ades}/jobs/events?label=${label}`));
    await again.close();
  });

  it.each([
    ['jobID=none', 404, 'none'],
    ['status=done', 400, 'status'],
    ['q=', 400, 'q'],
    ['jobID=x&label=y', 400, 'jobID'],
  ])('are refused with %s', async (query, status, named) => {
    const answer = await call('GET', `${ades}/jobs/events?${query}`);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(named)]);
  });
});

describe('the updates of a job', () => {
  it('are all that was said of it, in order, with what each changed, page by page', async () => {
    const id = await submit(ades, l1b, l1bInputs, ['updates']);
    await verdictOf(database, id);
    const all = await eventually('its verdict among the updates', async () => {
      const { body } = await call('GET', `${ades}/jobs/${id}/updates`);
      return body.updates.some((each: Json) => each.kind === 'verdict') ? body.updates : undefined;
    });
    expect(all[0]).toMatchObject({ id, kind: 'submission', status: 'submitted', inputs: l1bInputs });
    expect(all[0].changes).toEqual(expect.arrayContaining(['status', 'inputs', 'labels']));
    expect(all.map((each: Json) => each.status)).toEqual(
      expect.arrayContaining(['running', 'calibrating', 'succeeded']),
    );
    const calibrating = all.find((each: Json) => each.status === 'calibrating');
    expect(calibrating.changes).toContain('status');
    const verdict = all.find((each: Json) => each.kind === 'verdict');
    expect(verdict.changes).toEqual(expect.arrayContaining(['state', 'final', 'stop-time', 'outputs']));
    const times = all.map((each: Json) => each.time);
    expect(times).toEqual([...times].sort());

    const first = (await call('GET', `${ades}/jobs/${id}/updates?limit=2`)).body;
    const second = (await call('GET', first.links.find((link: Json) => link.rel === 'next').href)).body;
    expect([...first.updates, ...second.updates]).toEqual(all.slice(0, 4));
    expect((await call('GET', `${ades}/jobs/none/updates`)).status).toBe(404);
    const page = await call('GET', `${ades}/jobs/${id}/updates`, undefined, { accept: 'text/html' });
    expect(page.body).toContain('<td class="c-status">');
  });
});
