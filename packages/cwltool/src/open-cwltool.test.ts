import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Cwltool, type CwltoolJob, type JsonObject, openCwltool, type RunEvent, type RunResult } from './index.ts';

const PYTHON = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));

function tool(script: string): JsonObject {
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    id: '#main',
    baseCommand: ['sh', '-c', script],
    inputs: [],
    outputs: [{ id: '#main/said', type: 'File', outputBinding: { glob: 'said.txt' } }],
    stdout: 'said.txt',
  };
}

const TALKATIVE = tool('echo hi');
/** Tells its pid, and ignores TERM. */
const STUBBORN = tool('trap "" TERM; echo $$ > "$TMPDIR/../pid"; while :; do sleep 0.1; done');

let folder: string;
let jobs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cwltool-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function job(document: JsonObject, options: Partial<CwltoolJob> = {}): Promise<CwltoolJob> {
  jobs += 1;
  const directory = await mkdtemp(join(folder, 'job-'));
  return { id: `job-${jobs}`, document, jobOrder: {}, directory, graceMs: 100, ...options };
}

async function pidOf(started: CwltoolJob): Promise<number> {
  const path = join(started.directory, 'tmp', 'pid');
  return vi.waitFor(async () => {
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/^\d+\n$/);
    return Number(text);
  }, 30_000);
}

function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

async function runToEnd(cwltool: Cwltool, started: CwltoolJob): Promise<{ result: RunResult; events: RunEvent[] }> {
  const events: RunEvent[] = [];
  const result = await cwltool.run(started, (event) => events.push(event)).result;
  return { result, events };
}

describe.skipIf(!existsSync(PYTHON)).each(['auto', 'cold'] as const)('cwltool, mode %s', (mode) => {
  let cwltool: Cwltool;
  beforeAll(async () => {
    cwltool = await openCwltool({ python: PYTHON, mode });
  });
  afterAll(() => cwltool.close());

  test('a run in the sandbox sees what it was given, or is refused with the reason', async () => {
    const input = join(folder, 'input.txt');
    await writeFile(input, 'measured');
    const { sandboxReason } = cwltool.health();
    const tools = tool(`cat ${input} && ls ${folder} | wc -l && test ! -e ${fileURLToPath(import.meta.url)}`);
    const started = await job(tools, { sandbox: { readable: [input], hidden: [], network: false } });
    const run = cwltool.run(started, () => {});
    if (sandboxReason !== undefined) {
      await expect(run.result).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining(sandboxReason),
      });
      return;
    }
    expect(await run.result).toMatchObject({ status: 'success' });
    // The input, and the job's own directory.
    expect(await readFile(join(started.directory, 'out', 'said.txt'), 'utf8')).toBe('measured2\n');
  });

  test('a run gives its outputs and reports its steps', async () => {
    const started = await job(TALKATIVE);
    const { result, events } = await runToEnd(cwltool, started);
    expect(result).toMatchObject({
      status: 'success',
      outputs: { said: { class: 'File', path: join(started.directory, 'out', 'said.txt'), size: 3 } },
    });
    expect(events.map((event) => event.type)).toEqual([
      'started',
      'plan',
      'step-started',
      'tool-started',
      'tool-ended',
      'step-ended',
    ]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'tool-ended', step: 'main', exitCode: 0 }));
    expect(result.usage.wallMs).toBeGreaterThan(0);
  });

  test('a failed run names the step, the exit code and the log of the tool', async () => {
    const { result } = await runToEnd(cwltool, await job(tool('echo no such band >&2; exit 4')));
    expect(result).toMatchObject({
      status: 'failed',
      failure: { message: 'main exited with status 4', step: 'main', exitCode: 4, toolLog: 1 },
    });
  });

  test('a cancelled run ends with the first reason and leaves no process', async () => {
    const started = await job(STUBBORN);
    const run = cwltool.run(started, () => {});
    const pid = await pidOf(started);
    run.cancel('dismissed');
    run.cancel('too late');
    expect(await run.result).toMatchObject({ status: 'stopped', reason: 'cancelled', cancelReason: 'dismissed' });
    expect(isAlive(pid)).toBe(false);
  });

  test('a run that is cancelled before it began does not begin', async () => {
    const started = await job(TALKATIVE);
    const run = cwltool.run(started, () => {});
    run.cancel('dismissed');
    expect(await run.result).toMatchObject({ status: 'stopped', cancelReason: 'dismissed' });
    expect(existsSync(join(started.directory, 'out'))).toBe(false);
  });

  test('the wall limit stops a run', async () => {
    // Long enough for the interpreter of a cold run to start on a busy machine.
    const started = await job(STUBBORN, { wallLimitMs: mode === 'cold' ? 9000 : 3000 });
    const run = cwltool.run(started, () => {});
    const pid = await pidOf(started);
    expect(await run.result).toMatchObject({ status: 'stopped', reason: 'wall-limit' });
    expect(isAlive(pid)).toBe(false);
  });

  test('a document is packed, and what is wrong with one is told', async () => {
    const path = join(folder, 'good.cwl');
    await writeFile(path, JSON.stringify({ ...TALKATIVE, id: 'good' }));
    const fetchPolicy = { fileRoots: [folder] };
    const url = pathToFileURL(path).href;
    const packed = await cwltool.pack({ source: { url }, fetchPolicy });
    expect(packed).toMatchObject({
      cwlVersion: 'v1.2',
      urls: [url],
      document: { class: 'CommandLineTool', id: '#main' },
    });

    const text = 'cwlVersion: v1.2\nclass: CommandLineTool\ninputs: {a: strang}\noutputs: []\n';
    const source = { text, baseUrl: 'https://example.org/bad.cwl' };
    await expect(cwltool.pack({ source })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('bad.cwl:3:'),
      detail: { reason: 'invalid', url: 'https://example.org/bad.cwl' },
    });
    await expect(cwltool.pack({ source: { url } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cwltool.pack({ source: { url }, fetchPolicy, workflow: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(cwltool.pack({ source: { url }, fetchPolicy, timeLimitMs: 1 })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  test('a job without a directory and a second job of one id are refused', async () => {
    const nowhere = { ...(await job(TALKATIVE)), directory: '/no/such/directory' };
    await expect(cwltool.run(nowhere, () => {}).result).rejects.toMatchObject({ code: 'invalid-argument' });
    const first = await job(STUBBORN);
    const running = cwltool.run(first, () => {});
    await pidOf(first);
    const second = await job(TALKATIVE, { id: first.id });
    await expect(cwltool.run(second, () => {}).result).rejects.toMatchObject({ code: 'invalid-argument' });
    running.cancel('done');
    await running.result;
  });

  test('health says how it runs', async () => {
    expect(cwltool.health()).toMatchObject({
      state: 'ready',
      mode: mode === 'auto' ? 'warm' : 'cold',
      cwltoolVersion: expect.stringMatching(/^3\./),
      runningJobs: 0,
    });
  });
});

describe.skipIf(!existsSync(PYTHON))('a cwltool of its own', () => {
  const opened: Cwltool[] = [];
  const open = async (): Promise<Cwltool> => {
    const cwltool = await openCwltool({ python: PYTHON, workDir: folder });
    opened.push(cwltool);
    return cwltool;
  };
  afterEach(() => Promise.all(opened.splice(0).map((cwltool) => cwltool.close())));

  test('a server that is killed ends its runs and is started again', async () => {
    const cwltool = await open();
    const started = await job(STUBBORN);
    const run = cwltool.run(started, () => {});
    const pid = await pidOf(started);
    process.kill(cwltool.health().pid!, 'SIGKILL');
    expect(await run.result).toMatchObject({ status: 'stopped', reason: 'server-died' });
    expect(isAlive(pid)).toBe(false);
    const refused = await cwltool.run(await job(TALKATIVE), () => {}).result.catch((error) => error);
    expect(refused).toMatchObject({ code: 'unavailable' });
    await vi.waitFor(() => expect(cwltool.health().state).toBe('ready'), 15_000);
    expect(cwltool.health().restarts).toBe(1);
    expect((await runToEnd(cwltool, await job(TALKATIVE))).result.status).toBe('success');
  });

  test('close ends the runs and says so', async () => {
    const cwltool = await open();
    const started = await job(STUBBORN);
    const run = cwltool.run(started, () => {});
    const pid = await pidOf(started);
    await cwltool.close();
    expect(await run.result).toMatchObject({ status: 'stopped', reason: 'closed' });
    expect(isAlive(pid)).toBe(false);
    expect(cwltool.health().state).toBe('closed');
    await expect(cwltool.run(await job(TALKATIVE), () => {}).result).rejects.toMatchObject({ code: 'unavailable' });
  });
});

test('a missing interpreter is explained with what to install', async () => {
  await expect(openCwltool({ python: '/no/such/python' })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('apt-get install python3 python3-venv'),
  });
});

test('an interpreter without cwltool is explained with what to install', async () => {
  const python = join(folder, 'bare-python');
  await writeFile(python, `#!/bin/sh\necho "ModuleNotFoundError: No module named 'cwltool'" >&2\nexit 1\n`, {
    mode: 0o755,
  });
  await expect(openCwltool({ python })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('-m pip install -r'),
  });
});
