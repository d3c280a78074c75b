import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createUpdateSpool, readUpdateSpool } from './update-spool.ts';

const OWNER = { id: 'job-1', attempt: 2 };

let directory: string;
let spool: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'update-spool-'));
  spool = await createUpdateSpool(directory);
});
afterEach(() => rm(directory, { recursive: true }));

const update = (status: string, more: object = {}): string =>
  JSON.stringify({ id: 'other', 'event-id': status, time: new Date().toISOString(), kind: 'update', status, ...more });
const leave = (time: number, text: string): Promise<void> => writeFile(join(spool, `${time}-e.json`), text);
const statuses = async (): Promise<unknown[]> => (await readUpdateSpool(directory, OWNER)).map(({ status }) => status);

describe('the update spool', () => {
  test('gives the updates in the order of their times, as those of the job', async () => {
    await leave(1000, update('third'));
    await leave(20, update('second', { attempt: 9 }));
    await leave(3, update('first'));
    expect(await statuses()).toEqual(['first', 'second', 'third']);
    for (const stamped of await readUpdateSpool(directory, OWNER)) {
      expect(stamped).toMatchObject({ ...OWNER, kind: 'update' });
    }
  });

  test('leaves out what is no update', async () => {
    const secret = join(directory, 'secret.json');
    await writeFile(secret, update('secret'));
    await symlink(secret, join(spool, '1-link.json'));
    await mkdir(join(spool, '2-folder.json'));
    await leave(3, 'no JSON');
    await leave(4, update('verdict', { kind: 'verdict' }));
    await leave(5, update('too long', { message: 'x'.repeat(2 ** 18) }));
    await writeFile(join(spool, '6-half.part'), update('half'));
    await leave(7, update('good'));
    expect(await statuses()).toEqual(['good']);
  });

  test('is empty where the job has taken it away or put a link in its place', async () => {
    await leave(1, update('good'));
    await rm(spool, { recursive: true });
    expect(await statuses()).toEqual([]);
    const elsewhere = await mkdtemp(join(directory, 'elsewhere-'));
    await writeFile(join(elsewhere, '1-e.json'), update('elsewhere'));
    await symlink(elsewhere, spool);
    expect(await statuses()).toEqual([]);
  });
});
