import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type OutputStore, openOutputStore } from '@daybook/output-store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LogKeeper, startLogKeeper } from './log-keeper.ts';

let base: string;
let directory: string;
let store: OutputStore;
let warnings: string[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'log-keeper-'));
  directory = join(base, 'run');
  await mkdir(directory);
  store = await openOutputStore({ root: join(base, 'store') });
  warnings = [];
});
afterEach(() => rm(base, { recursive: true, force: true }));

const start = (maxBytes = 1000): LogKeeper =>
  startLogKeeper({
    jobId: 'job',
    attempt: 1,
    directory,
    logs: store.logs,
    maxBytes,
    secrets: ['geheim'],
    log: (_level, message) => warnings.push(message),
  });
const path = (name: string): string => join(directory, name);
const kept = async (name: string): Promise<string | undefined> => {
  const log = await store.logs.open('job', 1, name);
  return log === undefined ? undefined : text(log.read());
};
const begin = (keeper: LogKeeper, tool: string, log: number): void =>
  keeper.apply({ type: 'tool-started', time: 0, step: tool, tool, pid: 1, log });
const end = (keeper: LogKeeper, tool: string): void =>
  keeper.apply({ type: 'tool-ended', time: 0, step: tool, tool, exitCode: 0, wallMs: 1, cpuMs: 1, peakMemoryBytes: 1 });

it('takes in what tools and cwltool write while they write it, and the rest at the end', async () => {
  await writeFile(path('stderr.log'), 'started\n');
  await writeFile(path('tool-1.stdout.log'), 'one\n');
  await writeFile(path('tool-1.stderr.log'), '');
  const keeper = start();
  begin(keeper, 'inner/each_2', 1);
  await expect.poll(() => kept('inner/each_2.stdout')).toBe('one\n');
  await expect.poll(() => kept('cwltool')).toBe('started\n');
  await appendFile(path('tool-1.stdout.log'), 'two\n');
  await expect.poll(() => kept('inner/each_2.stdout')).toBe('one\ntwo\n');
  await appendFile(path('tool-1.stderr.log'), 'last geheime words');
  end(keeper, 'inner/each_2');
  await keeper.close();
  expect(await kept('inner/each_2.stderr')).toBe('last ***e words');
  expect([keeper.newestTool(), warnings]).toEqual([1, []]);
});

it('keeps as many bytes of all tools as it may, and says where it cut; the log of cwltool has as many of its own', async () => {
  await writeFile(path('stderr.log'), 'c'.repeat(10));
  const keeper = start(10);
  for (const [log, content] of [
    [1, '1234567'],
    [2, 'abcdef'],
    [3, 'more'],
  ] as const) {
    await writeFile(path(`tool-${log}.stdout.log`), content);
    begin(keeper, `t${log}`, log);
    end(keeper, `t${log}`);
  }
  await keeper.close();
  const cut = '\n[cut here: the logs of a job are kept up to 10 bytes]\n';
  expect(await kept('t1.stdout')).toBe('1234567');
  expect(await kept('t2.stdout')).toBe(`abc${cut}`);
  expect(await kept('t3.stdout')).toBe(cut);
  expect(await kept('cwltool')).toBe('c'.repeat(10));
});

it('follows no link that a job has put in the place of a log', async () => {
  await writeFile(join(base, 'secret'), 'secret');
  for (const name of ['stderr.log', 'tool-1.stdout.log']) await symlink(join(base, 'secret'), path(name));
  const keeper = start();
  begin(keeper, 't', 1);
  await keeper.close();
  expect([await kept('t.stdout'), await kept('cwltool')]).toEqual(['', '']);
});

it('warns once of a store that takes no logs, and goes on', async () => {
  await writeFile(join(base, 'store', 'job'), 'a file in the place of the folder');
  const keeper = start();
  begin(keeper, 't', 1);
  end(keeper, 't');
  await keeper.close();
  expect(warnings).toEqual([expect.stringContaining('A log of a job cannot be kept')]);
});
