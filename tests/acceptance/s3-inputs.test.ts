import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { type S3Server, s3Environment, startS3Server } from '../support/s3-server.ts';
import { call, deployBody, type Json, submit, verdictOf } from '../support/wps-t.ts';

/** Writes the names and the contents of what it is given. */
const WORKFLOW = `
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c, 'cd "$1"; find . -type f | LC_ALL=C sort | while read -r f; do printf "%s: " "$f"; cat "$f"; echo; done; cat "$2"', sh]
inputs:
  folder: {type: Directory, inputBinding: {position: 1}}
  file: {type: File, inputBinding: {position: 2}}
stdout: found.txt
outputs:
  output: {type: stdout}
`;

let s3: S3Server;
let daybook: Daybook;
let folder: string;

beforeAll(async () => {
  s3 = await startS3Server();
  await s3.createBucket('archive');
  await s3.createBucket('secrets');
  await s3.put('archive', 'open/day one/a+b.txt', 'first');
  await s3.put('archive', 'open/day one/deep/c.txt', 'second');
  await s3.put('archive', 'open/day one/deep/', '');
  await s3.put('archive', 'open/day one.txt', 'beside');
  await s3.put('archive', 'closed/x.txt', 'closed');
  await s3.put('secrets', 'x.txt', 'secret');
  folder = mkdtempSync(join(tmpdir(), 'daybook-s3-'));
  writeFileSync(join(folder, 'list.cwl'), WORKFLOW);
  const flags = ['--s3-endpoint', s3.url, '--s3-inputs', 'archive/open/', '--cwl-roots', folder];
  daybook = await startOnTarget({ flags, environment: s3Environment });
  const body = deployBody('list', pathToFileURL(join(folder, 'list.cwl')).href);
  expect((await call('POST', `${daybook.ades}/processes`, body)).status).toBe(201);
});
afterAll(async () => {
  await daybook?.stop();
  await s3?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(file: Json, prefix = 'open/day one'): Promise<Json> {
  const inputs = { folder: { class: 'Directory', location: `s3://archive/${prefix}`, basename: 'days' }, file };
  return verdictOf(daybook.database, await submit(daybook.ades, 'list:develop', inputs));
}

describe('inputs in S3', () => {
  it('are objects and whole prefixes', async () => {
    const file = { class: 'File', location: 's3://archive/open/day one.txt', basename: 'beside.txt' };
    const document = await run(file);
    expect(document.error).toBeUndefined();
    const output = await call('GET', document.outputs.output);
    expect(output.body).toBe('./a+b.txt: first\n./deep/c.txt: second\nbeside');
    expect((await run(file)).status).toBe('succeeded');
  });

  it.each([
    ['s3://secrets/x.txt', 's3-inputs'],
    ['s3://archive/closed/x.txt', 's3-inputs'],
    ['s3://archive/open/../closed/x.txt', 'cannot be addressed'],
    ['s3://archive/open/none.txt', 'key does not exist'],
    ['s3://archive', 's3://BUCKET/KEY'],
  ])('that cannot be had fail the job with the reason: %s', async (location, reason) => {
    const document = await run({ class: 'File', location });
    expect(document).toMatchObject({ status: 'failed', error: expect.stringContaining(location) });
    expect(document.error).toContain(reason);
  });

  it('of which nothing is there fail the job', async () => {
    const document = await run({ class: 'File', location: 's3://archive/open/day one.txt' }, 'open/night');
    expect(document).toMatchObject({ status: 'failed', error: expect.stringContaining('open/night') });
  });

  it('with another checksum than the one that is expected fail the job', async () => {
    const file = { class: 'File', location: 's3://archive/open/day one.txt', checksum: `sha1$${'0'.repeat(40)}` };
    expect((await run(file)).error).toContain('its checksum is sha1$');
  });
});
