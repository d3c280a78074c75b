import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArguments, type UpdateJobArguments } from './parse-arguments.ts';

const ARN = 'arn:aws:sns:us-west-2:123456789012:jobs.fifo';
const environment = { JOBS_DATA_SNS_TOPIC_ARN: ARN };

function parsed(...argv: string[]): UpdateJobArguments {
  const result = parseArguments(argv, environment);
  if (!('arguments' in result)) throw new Error(JSON.stringify(result));
  return result.arguments;
}

function problem(argv: readonly string[], env: Record<string, string> = environment): string {
  const result = parseArguments(argv, env);
  if (!('problem' in result)) throw new Error(JSON.stringify(result));
  return result.problem;
}

describe('the command line', () => {
  it('takes the newest form', () => {
    const argv = ['--job_id', 'j', '--update_status', 'running', '--job_inputs', '{"a":1}', '--job_outputs', '{}'];
    const rest = [
      '--tags',
      '["x"]',
      '--jobs_data_sns_topic_arn',
      `${ARN}2`.replace('.fifo2', '2.fifo'),
      '--aws_auth_method',
      'iam',
    ];
    expect(parsed(...argv, ...rest)).toEqual({
      jobId: 'j',
      status: 'running',
      inputs: '{"a":1}',
      outputs: '{}',
      labels: '["x"]',
      topicArn: 'arn:aws:sns:us-west-2:123456789012:jobs2.fifo',
    });
  });

  it('takes the oldest form: the id first, the topic from the environment, flags anywhere', () => {
    expect(parsed('j', '--update_results', '--job_status', 'succeeded', '--job_outputs', 'out.json')).toEqual({
      jobId: 'j',
      status: 'succeeded',
      outputs: 'out.json',
      topicArn: ARN,
    });
  });

  it.each([
    [['--job_status=running', 'j'], 'running'],
    [['--job-status', 'running', 'j'], 'running'],
    [['--job_status', 'a b --c', 'j'], 'a b --c'],
    [['--job_status', '--50% done', 'j'], '--50% done'],
    [['--job_status', 'running', '--update_status', '', 'j'], 'running'],
    [['--update_status', '', 'j'], undefined],
    [['--update_status', 'none', 'j'], undefined],
  ])('reads %j as the status %s', (argv, status) => {
    expect(parsed(...argv).status).toBe(status);
  });

  it('takes none and nothing as if they were not given', () => {
    expect(parsed('--job_id', 'j', '--job_inputs', 'none', '--job_outputs', '', '--tags', ' ')).toEqual({
      jobId: 'j',
      topicArn: ARN,
    });
  });

  it('takes the topic of the environment where the argument says nothing', () => {
    expect(parsed('j', '--topic_arn', '').topicArn).toBe(ARN);
  });

  it.each([
    [[], 'job id'],
    [['--job_id', ''], 'job id'],
    [['--job_id', '../a'], '"../a"'],
    [['j', 'k'], '"k"'],
    [['j', '--job_stat', 'x'], '--job_stat'],
    [['j', '--job_status'], '--job_status'],
    [['j', '--job_status', '--tags', '[]'], '--job_status'],
    [['j', '--topic_arn', 'jobs'], '"jobs"'],
    [['j', '--topic_arn', 'arn:aws:sqs:us-west-2:1:jobs'], 'ARN'],
  ])('refuses %j and says why', (argv, reason) => {
    expect(problem(argv)).toContain(reason);
  });

  it('refuses to start without a topic', () => {
    expect(problem(['j'], {})).toContain('JOBS_DATA_SNS_TOPIC_ARN');
  });

  it('shows help', () => {
    expect(parseArguments(['--help'], {})).toEqual({ help: true });
    expect(parseArguments(['-h'], {})).toEqual({ help: true });
  });

  it('knows every option that the CWL tool passes', () => {
    const tool = readFileSync(new URL('../update-job.cwl', import.meta.url), 'utf8');
    const prefixes = [...tool.matchAll(/prefix: (--\w+)/g)].map((match) => match[1]!);
    expect(prefixes.length).toBeGreaterThan(6);
    for (const prefix of prefixes)
      expect(parsed('--job_id', 'j', prefix, prefix.includes('arn') ? ARN : 'x')).toBeDefined();
  });
});
