import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInputs } from './check-inputs.ts';

let base: string;
let root: string;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'check-inputs-')));
  root = join(base, 'data set');
  await mkdir(join(root, 'sub'), { recursive: true });
  await writeFile(join(root, 'a.nc'), 'x');
  await writeFile(join(base, 'secret'), 'x');
  await symlink(join(base, 'secret'), join(root, 'leads-out'));
  await symlink(join(root, 'a.nc'), join(root, 'alias.nc'));
});

afterAll(() => rm(base, { recursive: true, force: true }));

const check = (value: Parameters<typeof checkInputs>[0]) => checkInputs(value, [root, join(base, 'no-such-root')]);
const url = (name: string): string => pathToFileURL(join(root, name)).href;

describe('File and Directory inputs', () => {
  test('are located by URL, whether they came as a path or as a URL', async () => {
    const data = { class: 'File', location: url('a.nc'), basename: 'a.nc' };
    expect(await check({ data: { class: 'File', path: join(root, 'a.nc') } })).toEqual({ data });
    expect(await check({ data: { class: 'File', location: url('a.nc') } })).toEqual({ data });
    expect(await check({ data: { class: 'Directory', path: join(root, 'sub') } })).toEqual({
      data: { class: 'Directory', location: url('sub'), basename: 'sub' },
    });
  });

  test('keep the name by which they were given when a link leads elsewhere below the roots', async () => {
    expect(await check({ data: { class: 'File', path: join(root, 'alias.nc') } })).toEqual({
      data: { class: 'File', location: url('a.nc'), basename: 'alias.nc' },
    });
  });

  test('are found in arrays, records and secondary files', async () => {
    const inner = { class: 'File', path: join(base, 'secret') };
    for (const value of [
      [inner],
      { field: [inner] },
      { class: 'File', path: join(root, 'a.nc'), secondaryFiles: [inner] },
    ]) {
      await expect(check({ data: value })).rejects.toThrow(/Input data: .*outside/);
    }
  });

  test('of http, https and s3 are left to the stage-in, literals stay as they are', async () => {
    const order = {
      a: { class: 'File', location: 'https://host.test/a.nc' },
      b: { class: 'File', contents: 'x', basename: 'b' },
      c: { class: 'Directory', basename: 'c', listing: [{ class: 'File', contents: 'y', basename: 'y' }] },
      d: [1, 'two', null, { three: 3 }],
    };
    expect(await check(order)).toEqual(order);
  });

  test.each([
    ['a link that leads out', { class: 'File', path: 'ROOT/leads-out' }, 'forbidden', /outside/],
    ['a way out by dots', { class: 'File', path: 'ROOT/../secret' }, 'forbidden', /outside/],
    ['a missing file outside, which looks the same', { class: 'File', path: '/nowhere/x' }, 'forbidden', /outside/],
    ['a missing file', { class: 'File', path: 'ROOT/none' }, 'not-found', /ROOT\/none does not exist/],
    ['a relative path', { class: 'File', path: 'a.nc' }, 'invalid-argument', /absolute path.*"a.nc"/],
    ['another scheme', { class: 'File', location: 'gs://bucket/a' }, 'invalid-argument', /https or s3 URL.*gs:/],
    ['a file URL of another host', { class: 'File', location: 'file://host/a' }, 'invalid-argument', /absolute path/],
    [
      'a directory as a File',
      { class: 'File', path: 'ROOT/sub' },
      'invalid-argument',
      /is a directory, expected a File/,
    ],
    [
      'a file as a Directory',
      { class: 'Directory', path: 'ROOT/a.nc' },
      'invalid-argument',
      /is a file, expected a Directory/,
    ],
    ['a location that is no text', { class: 'File', location: 3 }, 'invalid-argument', /as text/],
  ])('that are %s are refused', async (_what, value, code, message) => {
    const given = JSON.parse(JSON.stringify(value).replaceAll('ROOT', root));
    const error = await check({ data: given }).then(
      () => undefined,
      (refusal: Error & { code: string }) => refusal,
    );
    expect(error?.code).toBe(code);
    expect(error?.message.replaceAll(root, 'ROOT')).toMatch(message);
  });

  test('are refused where no root is configured', async () => {
    await expect(checkInputs({ data: { class: 'File', path: join(root, 'a.nc') } }, [])).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
