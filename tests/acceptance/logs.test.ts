import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { type EventStream, followEvents } from '../support/event-stream.ts';
import { shellTool, startDocument } from '../support/inline-process.ts';
import { call, deployExample, type Json, submit, verdictOf } from '../support/wps-t.ts';

const { ades, database, dataDir } = sharedDaybook();

/** A workflow with a scattered step and one of a subworkflow; `script` is what each of them runs, with its word as `$0`. */
function workflow(script: string): Json {
  return {
    cwlVersion: 'v1.2',
    $graph: [
      {
        class: 'Workflow',
        id: 'main',
        requirements: { ScatterFeatureRequirement: {}, SubworkflowFeatureRequirement: {} },
        inputs: { words: 'string[]' },
        outputs: {},
        steps: {
          each: { run: '#say', scatter: 'word', in: { word: 'words' }, out: [] },
          inner: { run: '#inner', in: {}, out: [] },
        },
      },
      {
        class: 'Workflow',
        id: 'inner',
        inputs: {},
        outputs: {},
        steps: { say: { run: '#say', in: { word: { default: 'deep' } }, out: [] } },
      },
      {
        class: 'CommandLineTool',
        id: 'say',
        requirements: { InlineJavascriptRequirement: {} },
        baseCommand: ['sh', '-c', script],
        inputs: { word: { type: 'string', inputBinding: {} } },
        outputs: {},
      },
    ],
  };
}

/** A tool that waits in its job's directory for the file `gate` before its last line. */
const gated = shellTool('echo first; until test -e ../../gate; do sleep 0.05; done; echo second');

const start = (document: Json, inputs: Json = {}): Promise<string> => startDocument(ades, document, inputs);

const logOf = (job: string, path: string, headers: Record<string, string> = {}) =>
  call('GET', `${ades}/jobs/${job}/logs/${path}`, undefined, headers);

const openGate = (job: string): void => writeFileSync(join(dataDir, 'work/jobs', `${job}-1`, 'gate'), '');

describe('the logs of a job', () => {
  it('are listed for every run of every step, each with its size and its URL', async () => {
    const job = await start(workflow('echo out $0; echo err $0 >&2'), { words: ['a', 'bb'] });
    expect((await verdictOf(database, job)).status).toBe('succeeded');
    const { body } = await call('GET', `${ades}/jobs/${job}/logs`);
    const sizes = Object.fromEntries(body.logs.map(({ id, stream, size }: Json) => [`${id} ${stream}`, size]));
    expect(sizes).toEqual({
      'cwltool log': expect.any(Number),
      'each stdout': 6,
      'each stderr': 6,
      'each_2 stdout': 7,
      'each_2 stderr': 7,
      'inner/say stdout': 9,
      'inner/say stderr': 9,
    });
    for (const { href, size } of body.logs) {
      const log = await call('GET', href);
      expect([log.status, log.body.length]).toEqual([200, size]);
      expect(log.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    }
    expect((await logOf(job, 'inner/say/stderr')).body).toBe('err deep\n');
    expect((await logOf(job, 'inner%2Fsay/stderr')).body).toBe('err deep\n');
    expect((await logOf(job, 'cwltool')).body).toContain('[step each] completed success');
  });

  it('are kept of a job that failed, a stream that its document redirects included', async () => {
    const tool = shellTool('echo before; echo no band 7 >&2; exit 4');
    const job = await start({ ...tool, stderr: 'complaints.txt' });
    const document = await verdictOf(database, job);
    expect(document).toMatchObject({ status: 'failed', 'failed-step': 'main', 'exit-code': 4 });
    expect(document.error).toContain('no band 7');
    expect((await logOf(job, 'main/stdout')).body).toBe('before\n');
    expect((await logOf(job, 'main/stderr')).body).toBe('no band 7\n');
  });

  it('are given in parts: a range of bytes, or the last lines', async () => {
    const tool = shellTool('i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done');
    const job = await start(tool);
    await verdictOf(database, job);
    const part = await logOf(job, 'main/stdout', { range: 'bytes=2-5' });
    expect([part.status, part.body]).toEqual([206, '2\n3\n']);
    const all = (await logOf(job, 'main/stdout')).body as string;
    expect(all.split('\n')).toHaveLength(20_001);
    const lines = all.split('\n').slice(0, -1);
    for (const count of [1, 3, 15_000, 20_000, 100_000]) {
      const tail = await logOf(job, `main/stdout?tail=${count}`);
      expect(tail.body).toBe(`${lines.slice(-count).join('\n')}\n`);
    }
    expect((await logOf(job, 'main/stdout?tail=0')).status).toBe(400);
  });

  it('are followed while they grow, from before the job begins to its end, and again from where a follower was', async () => {
    const job = await start(gated);
    const stream = await followEvents(`${ades}/jobs/${job}/logs/main/stdout`);
    expect(await stream.next()).toEqual({ event: 'message', id: '6', data: 'first' });
    expect((await logOf(job, 'main/stdout')).body).toBe('first\n');
    openGate(job);
    expect(await stream.next()).toEqual({ event: 'message', id: '13', data: 'second' });
    expect(await stream.next()).toEqual({ event: 'end', id: '13', data: '' });
    expect(await stream.next()).toBeUndefined();
    expect((await verdictOf(database, job)).status).toBe('succeeded');

    const again = await followEvents(`${ades}/jobs/${job}/logs/main/stdout`, { 'last-event-id': '6' });
    expect(await readAll(again)).toEqual([
      { event: 'message', id: '13', data: 'second' },
      { event: 'end', id: '13', data: '' },
    ]);
    const last = await followEvents(`${ades}/jobs/${job}/logs/main/stdout?tail=1`);
    expect((await last.next())?.data).toBe('second');
    await last.close();
    const wrong = await logOf(job, 'main/stdout', { accept: 'text/event-stream', 'last-event-id': 'six' });
    expect([wrong.status, wrong.body.detail]).toEqual([400, expect.stringContaining('"six"')]);
  });

  it('are not there for steps and jobs that are not, which the answer says', async () => {
    const id = await submit(ades, await deployExample(ades, 'echo/echo.cwl'), { message: 'hi' });
    await verdictOf(database, id);
    const missing = await logOf(id, 'nothing/stdout');
    expect([missing.status, missing.body.type]).toEqual([404, 'urn:daybook:exception:no-such-log']);
    expect((await logOf(id, 'nothing')).status).toBe(404);
    expect((await call('GET', `${ades}/jobs/no-such-job/logs`)).status).toBe(404);
    expect((await call('GET', `${ades}/jobs/${id}/logs?attempt=7`)).status).toBe(404);
    expect((await call('DELETE', `${ades}/jobs/${id}`)).status).toBe(200);
    expect((await call('GET', `${ades}/jobs/${id}/logs`)).status).toBe(410);
  });
});

async function readAll(stream: EventStream): Promise<unknown[]> {
  const events: unknown[] = [];
  for (let event = await stream.next(); event !== undefined; event = await stream.next()) events.push(event);
  return events;
}
