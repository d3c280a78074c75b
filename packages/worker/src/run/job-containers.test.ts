import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { removeContainers, traceContainers } from './job-containers.ts';

let folder: string;
let log: string[];

/** An engine that writes down what it is told. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'job-containers-'));
  log = [];
  await writeFile(join(folder, 'podman'), `#!/bin/sh\necho "$@" >> ${folder}/told\n`);
  await chmod(join(folder, 'podman'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const remove = (engine: 'podman' | 'docker') =>
  removeContainers(engine, folder, (_level, message) => log.push(message));
const told = () => readFile(join(folder, 'told'), 'utf8').catch(() => '');

test('the containers whose ids cwltool has written down are removed, and nothing else that a job may have written', async () => {
  const [flag] = await traceContainers('podman', folder);
  const place = flag!.replace('--cidfile-dir=', '');
  const ids = ['a', 'b'].map((digit) => digit.repeat(64));
  for (const [name, content] of [
    ['1.cid', ids[0]!],
    ['2.cid', `${ids[1]}\n`],
    ['3.cid', '--all'],
    ['4.cid', ''],
  ] as const) {
    await writeFile(join(place, name), content);
  }
  await remove('podman');
  expect((await told()).trim().split(' ').sort()).toEqual(['-f', ...ids, 'rm'].sort());
});

test('without containers no engine is asked, and engines that keep none are told no folder', async () => {
  await traceContainers('podman', folder);
  await remove('podman');
  expect(await told()).toBe('');
  expect(await traceContainers('udocker', folder)).toEqual([]);
  expect(log).toEqual([]);
});

test('an engine that cannot is logged', async () => {
  const [flag] = await traceContainers('podman', folder);
  await writeFile(join(flag!.replace('--cidfile-dir=', ''), '1.cid'), 'c'.repeat(64));
  await writeFile(join(folder, 'podman'), '#!/bin/sh\necho no such thing >&2; exit 1\n');
  await remove('podman');
  expect(log).toEqual([expect.stringContaining('no such thing')]);
});
