import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { testFlags } from '../support/daybook.ts';
import { type Program, startProgram } from '../support/program.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

const { engine, busUrl } = inject('target');
let dataDir: string;
const programs: Program[] = [];

async function start(...args: string[]): Promise<Program> {
  const [command, ...flags] = args as [string, ...string[]];
  const program = await startProgram([command, '--data-dir', dataDir, ...testFlags, ...flags]);
  programs.push(program);
  return program;
}

function port(url: string | undefined): string {
  return new URL(url as string).port;
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'daybook-parts-'));
});
afterAll(async () => {
  for (const program of programs.reverse()) await program.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe.runIf(engine === 'embedded' && busUrl === undefined)('each part as a process of its own', () => {
  it('does with the others what one process does', async () => {
    const database = await start('database');
    const bus = await start('bus');
    const reach = ['--database-port', port(database.url('jobs database')), '--bus-port', port(bus.url('bus'))];
    const ades = (await start('ades', ...reach)).url('ADES') as string;
    await start('ingest', ...reach);

    const process = await deployExample(ades, 'l1b-cwl/workflow.cwl');
    const inputs = {
      input_collection_id: 'a',
      start_datetime: '2016-01-14T09:00:00Z',
      stop_datetime: '2016-01-14T10:00:00Z',
      output_collection_id: 'b',
    };
    const id = await submit(ades, process, inputs, ['parts']);
    const url = database.url('jobs database') as string;
    expect((await jobDocument(url, id)).status).toBe('submitted');

    await start('worker', ...reach, '--public-url', ades);
    const document = await verdictOf(url, id);
    expect(document).toMatchObject({ status: 'succeeded', labels: ['parts'] });
    expect((await call('GET', document.outputs.summary)).status).toBe(200);
  });

  it('is taken elsewhere where its URL is given', async () => {
    const [database, bus] = programs as [Program, Program];
    const endpoint = bus.url('bus') as string;
    const queue = (name: string): string => `${endpoint}/000000000000/daybook-${name}.fifo`;
    const own = mkdtempSync(join(tmpdir(), 'daybook-elsewhere-'));
    const key = readFileSync(join(dataDir, 'system-key'), 'utf8').trim();
    const program = await startProgram(['serve', '--data-dir', own, ...testFlags], {
      DAYBOOK_DATABASE_URL: database.url('jobs database') as string,
      DAYBOOK_DATABASE_AUTHORIZATION: `ApiKey ${key}`,
      DAYBOOK_AWS_ENDPOINT: endpoint,
      DAYBOOK_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:daybook-job-updates.fifo',
      DAYBOOK_UPDATE_QUEUE_URL: queue('job-updates'),
      DAYBOOK_REQUEST_QUEUE_URL: queue('job-requests'),
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    try {
      expect([program.url('jobs database'), program.url('bus')]).toEqual([database.url('jobs database'), endpoint]);
      const health = await call('GET', `${program.url('ADES')}/health`);
      expect(health.body.parts.map((part: { name: string }) => part.name).sort()).toEqual([
        'ades',
        'bus',
        'database',
        'ingest',
        'worker',
      ]);
      const process = await deployExample(program.url('ADES') as string, 'echo/echo.cwl');
      const id = await submit(program.url('ADES') as string, process, { message: 'elsewhere' });
      expect((await verdictOf(database.url('jobs database') as string, id)).status).toBe('succeeded');
    } finally {
      await program.stop();
      rmSync(own, { recursive: true, force: true });
    }
  });

  it('refuses a data directory that another process has', async () => {
    await expect(start('database')).rejects.toThrow(/in use by the process with pid \d+/);
  });
});

describe('without cwltool', () => {
  it('everything else starts, says what to install, and keeps accepted jobs for a worker', async () => {
    const own = mkdtempSync(join(tmpdir(), 'daybook-no-python-'));
    const serve = (...flags: string[]): Promise<Program> => {
      const real = inject('target').databaseUrl;
      return startProgram([
        'serve',
        '--data-dir',
        own,
        ...testFlags,
        ...(real === undefined ? [] : ['--database-url', real]),
        ...flags,
      ]);
    };
    let program = await serve();
    try {
      const process = await deployExample(program.url('ADES') as string, 'echo/echo.cwl');
      await program.stop();
      program = await serve('--python', '/nonexistent/python3');
      expect(program.output()).toMatch(/apt-get install python3 python3-venv/);
      expect(program.output()).toMatch(/brew install python/);
      const ades = program.url('ADES') as string;
      const health = await call('GET', `${ades}/health`);
      expect(health.status).toBe(503);
      expect(health.body.parts.find((part: { name: string }) => part.name === 'worker')).toMatchObject({
        status: 'waiting',
      });
      const id = await submit(ades, process, { message: 'kept' });
      expect((await jobDocument(program.url('jobs database') as string, id)).status).toBe('submitted');

      await program.stop();
      program = await serve();
      const document = await eventually('the kept job to run', () =>
        verdictOf(program.url('jobs database') as string, id),
      );
      expect(document.status).toBe('succeeded');
    } finally {
      await program.stop();
      rmSync(own, { recursive: true, force: true });
    }
  });
});
