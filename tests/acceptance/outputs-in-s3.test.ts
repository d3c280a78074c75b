import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { followEvents } from '../support/event-stream.ts';
import { type S3Server, s3Environment, startS3Server } from '../support/s3-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { eventually } from '../support/wait.ts';
import { call, deployBody, type Json, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

/** A File with secondary files, a Directory with one that is empty, an array, a value, and more than fits one part of an upload. */
const TOOL = `
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c]
arguments:
- |
  echo working >&2
  printf 0123456789 > scene.nc; printf index > scene.nc.idx; printf calibration > scene.cal
  mkdir -p tree/deep/er tree/empty; printf a > 'tree/a b+ü.txt'; printf b > tree/deep/er/b.txt
  printf one > part-1.txt; printf two > part-2.txt
  head -c 20000000 /dev/zero > large.bin
  if $(inputs.gated); then until test -e ../../gate; do sleep 0.05; done; echo done >&2; fi
inputs:
  gated: boolean
outputs:
  scene: {type: File, secondaryFiles: [.idx, ^.cal], outputBinding: {glob: scene.nc}}
  tree: {type: Directory, outputBinding: {glob: tree}}
  parts: {type: 'File[]', outputBinding: {glob: 'part-*.txt'}}
  large: {type: File, outputBinding: {glob: large.bin}}
  count: {type: int, outputBinding: {outputEval: '$(7)'}}
requirements: {InlineJavascriptRequirement: {}}
`;

let folder: string;
let s3: S3Server;
let proxy: TcpProxy;
let inS3: Daybook;
let inDirectory: Daybook;

const start = (...flags: string[]): Promise<Daybook> =>
  startOnTarget({ flags: ['--cwl-roots', folder, ...flags], environment: s3Environment });

async function deploy(daybook: Daybook): Promise<void> {
  const body = deployBody('stage-out', pathToFileURL(join(folder, 'tool.cwl')).href);
  expect((await call('POST', `${daybook.ades}/processes`, body)).status).toBe(201);
}

/** A gated job waits in its directory for the file `gate`. */
const run = (daybook: Daybook, gated = false): Promise<string> => submit(daybook.ades, 'stage-out:develop', { gated });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-outputs-'));
  writeFileSync(join(folder, 'tool.cwl'), TOOL);
  s3 = await startS3Server();
  await s3.createBucket('products');
  proxy = await startTcpProxy(Number(new URL(s3.url).port));
  inDirectory = await start();
  inS3 = await start('--output-store', 's3://products/of/daybook', '--s3-endpoint', `http://127.0.0.1:${proxy.port}`);
  for (const daybook of [inDirectory, inS3]) await deploy(daybook);
});
afterAll(async () => {
  for (const daybook of [inDirectory, inS3]) await daybook?.stop();
  await proxy?.close();
  await s3?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The results of a job, with what its own URLs begin with left out. */
const portable = (document: Json): Json =>
  JSON.parse(JSON.stringify([document.results, document.outputs]).replaceAll(/http[^"]*?\/outputs\//g, ''));

describe('outputs in S3', () => {
  let document: Json;

  it('are those that a directory has, at the same URLs, and stand in the bucket alone', async () => {
    const [ours, other] = await Promise.all([run(inS3), run(inDirectory)]);
    document = await verdictOf(inS3.database, ours);
    expect(document.error).toBeUndefined();
    const expected = portable(await verdictOf(inDirectory.database, other));
    expect(portable(document)).toEqual(expected);
    expect(expected[0].scene).toMatchObject({ size: 10, checksum: expect.stringMatching(/^sha1\$/) });
    const keys = await s3.keys('products');
    const job = `of/daybook/${ours}`;
    const outputs = [
      'scene/scene.nc',
      'scene/scene.nc.idx',
      'scene/scene.cal',
      'tree/tree/a b+ü.txt',
      'tree/tree/empty/',
    ];
    expect(keys).toEqual(expect.arrayContaining(outputs.map((path) => `${job}/1/${path}`)));
    expect(keys).toContain(`${job}/1.end.json`);
    expect(readdirSync(inS3.dataDir)).not.toContain('outputs');
  });

  it('are read whole, in ranges and as listings', async () => {
    const { outputs, results } = document;
    const range = await fetch(outputs.scene, { headers: { range: 'bytes=2-4' } });
    expect([range.status, range.headers.get('content-range'), await range.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const large = Buffer.from(await (await fetch(outputs.large)).arrayBuffer());
    expect(large.equals(Buffer.alloc(20_000_000))).toBe(true);
    expect((await call('GET', results.scene.secondaryFiles[1].location)).body).toBe('calibration');
    const listing = async (url: string): Promise<readonly string[]> =>
      (await call('GET', url)).body.entries.map((entry: Json) => `${entry.kind} ${entry.name}`).sort();
    expect(await listing(outputs.tree)).toEqual(['directory deep', 'directory empty', 'file a b+ü.txt']);
    expect(await listing(`${outputs.tree}/empty`)).toEqual([]);
    expect((await call('GET', `${outputs.tree}/${encodeURIComponent('a b+ü.txt')}`)).body).toBe('a');
    expect((await call('GET', `${outputs.tree}/none`)).status).toBe(404);
    const paged: string[] = [];
    for (let url = `${outputs.tree}?limit=1`; url !== undefined; ) {
      const { body } = await call('GET', url);
      paged.push(...body.entries.map(({ name }: Json) => name));
      url = body.links.find(({ rel }: Json) => rel === 'next')?.href;
    }
    expect(paged).toEqual(['a b+ü.txt', 'deep', 'empty']);
  });

  it('have their logs beside them, which are followed while they grow', async () => {
    const id = await run(inS3, true);
    const stderr = await eventually('a log of the step, while it runs', async () => {
      const { body } = await call('GET', `${inS3.ades}/jobs/${id}/logs`);
      return body.logs?.find(({ stream }: Json) => stream === 'stderr');
    });
    const events = await followEvents(stderr.href);
    expect(await events.next()).toMatchObject({ data: 'working' });
    writeFileSync(join(inS3.dataDir, 'work/jobs', `${id}-1`, 'gate'), '');
    expect(await events.next()).toMatchObject({ data: 'done' });
    expect(await events.next()).toMatchObject({ event: 'end' });
    await verdictOf(inS3.database, id);
    expect((await call('GET', stderr.href)).body).toBe('working\ndone\n');
    const end = await fetch(stderr.href, { headers: { range: 'bytes=-5' } });
    expect([end.status, await end.text()]).toEqual([206, 'done\n']);
  });

  it('wait for S3 while it does not answer, and are of the same attempt', async () => {
    proxy.hold();
    const id = await run(inS3);
    const made = join(inS3.dataDir, 'work/jobs', `${id}-1`, 'outputs.json');
    await eventually('the end of the run', async () => (existsSync(made) && statSync(made).size > 0) || undefined);
    expect((await jobDocument(inS3.database, id)).final).not.toBe(true);
    proxy.release();
    const late = await verdictOf(inS3.database, id);
    expect(late).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect((await call('GET', late.outputs.scene)).body).toBe('0123456789');
  });

  it('go with their job', async () => {
    expect((await call('DELETE', `${inS3.ades}/jobs/${document.id}`)).status).toBe(200);
    expect((await s3.keys('products')).filter((key) => key.includes(document.id))).toEqual([]);
    expect((await call('GET', document.outputs.scene)).status).toBe(410);
  });
});

describe('a bucket that cannot be used', () => {
  let refusing: Server;

  beforeAll(async () => {
    refusing = createServer((request, response) => {
      request.resume();
      response.writeHead(403);
      response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    });
    await new Promise<void>((listening) => refusing.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => {
    refusing.closeAllConnections();
    refusing.close();
  });

  it.each([
    ['is missing', () => s3.url, 'The specified bucket does not exist'],
    ['is forbidden', () => `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`, 'Access Denied'],
  ])('because it %s is named by the health report and by the verdicts of jobs', async (_what, endpoint, reason) => {
    const daybook = await start('--output-store', 's3://nowhere', '--s3-endpoint', endpoint(), '--max-attempts', '1');
    try {
      const health = await call('GET', `${daybook.ades}/health`);
      expect(health.status).toBe(503);
      const part = health.body.parts.find(({ name }: Json) => name === 'output-store');
      expect(part).toMatchObject({ status: 'waiting', detail: expect.stringContaining(reason) });
      await deploy(daybook);
      const document = await verdictOf(daybook.database, await run(daybook));
      expect(document).toMatchObject({ status: 'failed', error: expect.stringContaining(reason) });
      expect(document.error).toContain('s3://nowhere');
    } finally {
      await daybook.stop();
    }
  });
});
