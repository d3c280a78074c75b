import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCommand } from '../support/command-line.ts';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { call } from '../support/wps-t.ts';

const { ades } = sharedDaybook();
const unique = `cli-events-${Date.now().toString(36)}`;

/** Stands between the command and the ADES, and counts what is asked for. */
const asked = new Map<string, number>();
let hasEvents = true;
const proxy = createServer((incoming, outgoing) => {
  const { pathname } = new URL(incoming.url!, ades);
  const name = `${incoming.method} ${pathname.replace(/^\/jobs\/[-\w]{36}$/, '/jobs/ID')}`;
  asked.set(name, (asked.get(name) ?? 0) + 1);
  if (!hasEvents && pathname === '/jobs/events') return void outgoing.writeHead(503).end();
  const onward = send(
    new URL(incoming.url!, ades),
    { method: incoming.method!, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    },
  );
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});
beforeEach(() => {
  asked.clear();
  hasEvents = true;
});

async function submit(label: string, pause: number): Promise<string> {
  const body = { inputs: { text: 'a', pause }, labels: [label] };
  const { body: job } = await call('POST', `${ades}/processes/echo/execution`, body, { prefer: 'respond-async' });
  return job.jobID;
}

const shown = (label: string): Promise<true> =>
  eventually('the job in searches', async () =>
    (await call('GET', `${ades}/jobs?label=${label}`)).body.jobs.length > 0 ? true : undefined,
  );

/** One a second, and one at the begin and the end of a wait. */
const mostSince = (startedAt: number): number => (Date.now() - startedAt) / 1_000 + 2;

describe('the command line, where the ADES says when jobs change,', () => {
  it('waits for the jobs of a label by its events, and looks once a second at most', async () => {
    const label = `${unique}-wait`;
    const id = await submit(label, 4);
    await shown(label);
    const startedAt = Date.now();
    const result = await startCommand(url, ['wait', '-l', label]).ended;
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining('1 successful') });
    expect(asked.get('GET /jobs/events')).toBe(1);
    expect(asked.get('POST /jobs/search')).toBeLessThanOrEqual(mostSince(startedAt));
    expect((await startCommand(url, ['wait', id]).ended).code).toBe(0);
  });

  it('waits for a job by its id, and asks little', async () => {
    const id = await submit(unique, 4);
    expect((await startCommand(url, ['wait', id]).ended).code).toBe(0);
    expect(asked.get('GET /jobs/events')).toBe(1);
    // As it is, as the stream begins, and what becomes of it.
    expect(asked.get('GET /jobs/ID')).toBeLessThanOrEqual(6);
  });

  it('shows jobs again when they change, and looks once a second at most', async () => {
    const label = `${unique}-watch`;
    const startedAt = Date.now();
    const watch = startCommand(url, ['jobs', '--watch', '-l', label, '-o', 'csv']);
    await eventually('the first list', async () => (watch.stdout() === '' ? undefined : true));
    const id = await submit(label, 2);
    await eventually('the end of the job', async () =>
      watch.stdout().includes(`${id},echo,successful`) ? true : undefined,
    );
    expect(watch.stdout()).toContain(`${id},echo,running`);
    expect(asked.get('GET /jobs')).toBeLessThanOrEqual(mostSince(startedAt));
    watch.interrupt();
    expect(await watch.ended).toMatchObject({ code: 130, stderr: '' });
  });

  it('shows a campaign again when its jobs change, until they have ended', async () => {
    const label = `${unique}-campaign`;
    await submit(label, 3);
    await shown(label);
    const startedAt = Date.now();
    const { code, stdout } = await startCommand(url, ['campaign', label, '--watch']).ended;
    expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/all have ended/)]);
    expect(asked.get(`GET /campaigns/${label}`)).toBeLessThanOrEqual(mostSince(startedAt));
  });
});

describe('the command line, where it does not,', () => {
  it('asks now and then', async () => {
    hasEvents = false;
    const label = `${unique}-poll`;
    const id = await submit(label, 2);
    await shown(label);
    const waits = [
      ['wait', id],
      ['wait', '-l', label],
      ['campaign', label, '--watch'],
    ].map((args) => startCommand(url, args).ended);
    expect((await Promise.all(waits)).map(({ code }) => code)).toEqual([0, 0, 0]);
    // One that is started late finds its job ended at once.
    expect(asked.get('GET /jobs/events')).toBeGreaterThan(0);
  });
});
