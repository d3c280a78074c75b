import {
  dismissal,
  emptyState,
  fold,
  type JobDocument,
  type JobUpdate,
  submission,
  toDocument,
  verdict,
} from '@daybook/jobs';
import { describe, expect, it } from 'vitest';
import { jobMessage } from './job-message.ts';
import { jobResults, resultsDocument } from './job-results.ts';
import { ogcStatusInfo } from './ogc-job.ts';
import { readableJob } from './readable-job.ts';
import { resultsRequestOf } from './results-request.ts';
import { wpsTJobEntry, wpsTJobStatus } from './wps-t-job.ts';
import { wpsTResult } from './wps-t-result.ts';

const submitted = submission({
  id: 'job-1',
  inputs: { a: 1 },
  labels: [],
  userId: 'lena',
  processId: 'p:1',
  processVersion: '1',
});

function document(...updates: JobUpdate[]): JobDocument {
  return toDocument(undefined, [submitted, ...updates].reduce(fold, emptyState('job-1')));
}

const base = 'http://h/jobs/job-1/outputs';
const succeeded = verdict({
  id: 'job-1',
  attempt: 1,
  status: 'succeeded',
  outputs: {
    product: `${base}/product/a.nc`,
    tree: `${base}/tree/product`,
    many: [`${base}/many/0/a.tif`, `${base}/many/2/b`],
    count: `${base}/count`,
  },
  results: {
    product: { class: 'File', location: `${base}/product/a.nc`, basename: 'a.nc' },
    tree: { class: 'Directory', location: `${base}/tree/product`, basename: 'product' },
    many: [
      { class: 'File', location: `${base}/many/0/a.tif`, basename: 'a.tif' },
      null,
      { class: 'File', location: `${base}/many/2/b`, basename: 'b' },
    ],
    count: 5,
    nothing: null,
    record: { n: 1, file: { class: 'File', location: `${base}/record/file/c.json`, basename: 'c.json' } },
  },
});

describe('a job that succeeded', () => {
  it('has an entry for each file, directory and literal in the WPS-T result', () => {
    expect(wpsTResult(document(succeeded))).toEqual({
      outputs: [
        { id: 'product', mimeType: 'application/x-netcdf', href: `${base}/product/a.nc` },
        { id: 'tree', mimeType: 'application/json', href: `${base}/tree/product` },
        { id: 'many', mimeType: 'image/tiff', href: `${base}/many/0/a.tif` },
        { id: 'many', mimeType: 'application/octet-stream', href: `${base}/many/2/b` },
        { id: 'count', mimeType: 'application/json', href: `${base}/count` },
      ],
    });
  });

  it('has links and values in the OGC results, and no null outputs', () => {
    const job = document(succeeded);
    expect(resultsDocument(job, jobResults(job, resultsRequestOf(job), 'http://h'))).toEqual({
      product: { href: `${base}/product/a.nc`, type: 'application/x-netcdf', title: 'a.nc' },
      tree: { href: `${base}/tree/product`, type: 'application/json', title: 'product' },
      many: [
        { href: `${base}/many/0/a.tif`, type: 'image/tiff', title: 'a.tif' },
        null,
        { href: `${base}/many/2/b`, type: 'application/octet-stream', title: 'b' },
      ],
      count: 5,
      record: {
        value: { n: 1, file: { href: `${base}/record/file/c.json`, type: 'application/json', title: 'c.json' } },
      },
    });
  });

  it('links to its results, and no more to a monitor', () => {
    const relations = ogcStatusInfo(document(succeeded), 'http://h').links.map(({ rel }) => rel);
    expect(relations).toEqual(['self', 'http://www.opengis.net/def/rel/ogc/1.0/results']);
  });
});

describe('a status', () => {
  it('has the words of each form', () => {
    expect(wpsTJobStatus(document()).status).toBe('accepted');
    expect(wpsTJobStatus(document(succeeded)).status).toBe('succeeded');
    expect(ogcStatusInfo(document(succeeded), 'http://h').status).toBe('successful');
    expect(wpsTJobStatus(document(dismissal({ id: 'job-1' }))).status).toBe('dismissed');
  });

  it('has no null members, and only what is known', () => {
    const info = ogcStatusInfo(document(), 'http://h');
    expect(Object.keys(info).sort()).toEqual(
      ['created', 'jobID', 'links', 'message', 'processID', 'status', 'type', 'updated', 'user-id'].sort(),
    );
    expect(Object.values(info)).not.toContain(undefined);
  });

  it('names the failed step, its exit code and the reason', () => {
    const failed = verdict({
      id: 'job-1',
      attempt: 1,
      status: 'failed',
      error: '\nno calamity in text.txt\nmore',
      'failed-step': 'search',
      'exit-code': 3,
    });
    expect(jobMessage(document(failed))).toBe('Step search failed with exit code 3: no calamity in text.txt');
  });

  it('lists inputs as an execute request has them', () => {
    expect(wpsTJobEntry(document()).inputs).toEqual([{ id: 'a', data: 1 }]);
  });
});

it('reads a document that a user wrote, whatever it lacks', () => {
  const users = { id: 'x', status: 'succeeded', labels: 'a', inputs: null } as unknown as JobDocument;
  expect(readableJob(users)).toMatchObject({ state: 'successful', inputs: {}, outputs: {}, labels: [] });
  expect(readableJob({ ...users, status: 'calibrating' }).state).toBe('running');
});
