import { expect, it } from 'vitest';
import type { Campaign } from '../ades/campaigns.ts';
import { renderCampaign } from './render-campaign.ts';
import { renderJob } from './render-job.ts';
import { plain } from './style.ts';

const campaign: Campaign = {
  label: 're-processing-3',
  total: 200,
  statuses: {},
  states: { accepted: 0, running: 50, successful: 140, failed: 10 },
  open: 50,
  done: 150,
  'error-classes': [{ 'error-class': 'calibrate: no band *', count: 10, example: { jobID: 'j7', error: 'no band 7' } }],
  processes: [{ 'process-id': 'l1b-cwl:develop', count: 200 }],
  'first-submitted': '2016-01-14T08:00:00.000Z',
  'last-submitted': '2016-01-14T08:05:00.000Z',
  rate: 12.34,
  'estimated-end': '2016-01-14T09:00:00.000Z',
  duration: { p50: 12, p95: 75 },
};

it('a campaign says how far it is, when it ends and what failed', () => {
  expect(renderCampaign(campaign, plain, undefined)).toBe(
    [
      're-processing-3  ██████████████████░░░░░░  75 %  150 of 200',
      'jobs       50 running, 140 successful, 10 failed',
      'processes  l1b-cwl:develop (200)',
      'submitted  2016-01-14T08:00:00.000Z to 2016-01-14T08:05:00.000Z',
      'duration   half within 12 s, 95 % within 1m 15s',
      'rate       12.3 a minute',
      'ends       about 2016-01-14T09:00:00.000Z',
      '',
      'FAILED  EXAMPLE  ERROR CLASS',
      '    10  j7       calibrate: no band *',
      '',
    ].join('\n'),
  );
});

it('a campaign that is over has no estimate, and no table where nothing failed', () => {
  const { duration: _, rate: __, 'estimated-end': ___, ...known } = campaign;
  const text = renderCampaign({ ...known, open: 0, done: 200, 'error-classes': [] }, plain, undefined);
  expect(text).toContain('\nends       all have ended\n');
  expect(text).not.toMatch(/rate|duration|FAILED/);
});

it('a job says what it was given, and what it failed by, a line of it a line', () => {
  const job = {
    jobID: 'j7',
    status: 'failed',
    message: 'Step calibrate failed',
    created: '2016-01-14T08:00:00Z',
    started: '2016-01-14T08:00:02Z',
    finished: '2016-01-14T08:01:02Z',
    labels: ['a', 'b'],
    links: [],
  } as const;
  const document = {
    inputs: { date: '2016-01-14', bands: [1, 7] },
    error: 'no band 7\n\u001b[31min the input',
    'cpu-seconds': 5,
    'peak-memory': 2048,
    attempts: 1,
  };
  expect(renderJob(job, document, plain)).toBe(
    [
      'job        j7',
      'status     failed',
      'message    Step calibrate failed',
      'labels     a, b',
      'submitted  2016-01-14T08:00:00Z',
      'started    2016-01-14T08:00:02Z, after 2 s',
      'ended      2016-01-14T08:01:02Z',
      'ran        1m 00s',
      'used       5 s of processor time, 2.0 KiB of memory',
      '',
      'inputs',
      '  date   2016-01-14',
      '  bands  [1,7]',
      '',
      'error',
      '  no band 7',
      '  [31min the input',
      '',
    ].join('\n'),
  );
});
