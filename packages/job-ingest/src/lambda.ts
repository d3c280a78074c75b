import { awsCredentialChain, createS3Client, createSqsClient } from '@daybook/aws-client';
import { createElasticsearchClient } from '@daybook/elasticsearch-client';
import { DaybookError } from '@daybook/errors';
import { openJobsDatabase } from '@daybook/jobs-database';
import { createHandler } from './create-handler.ts';
import { createDeadLetter } from './dead-letter.ts';
import type { QueueEvent, QueueEventHandler, QueueEventResponse } from './queue-event.ts';

/**
 * The function of AWS Lambda for the update queue, with `ReportBatchItemFailures`. Configured by the environment:
 * JOBS_DATABASE_URL, JOBS_DATABASE_AUTHORIZATION (optional), DEAD_LETTER_QUEUE_URL, RESULTS_URL_PREFIXES (optional, separated by
 * commas), AWS_REGION and AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL (optional). What is missing is named at the first call.
 */
export async function handler(event: QueueEvent): Promise<QueueEventResponse> {
  configured ??= configure(process.env);
  return await configured(event);
}

let configured: QueueEventHandler | undefined;

type Environment = Readonly<Record<string, string | undefined>>;

function configure(environment: Environment): QueueEventHandler {
  const authorization = environment.JOBS_DATABASE_AUTHORIZATION;
  const region = required(environment, 'AWS_REGION');
  const credentials = awsCredentialChain();
  const reach = (service: 'S3' | 'SQS') => {
    const endpoint = environment[`AWS_ENDPOINT_URL_${service}`] ?? environment.AWS_ENDPOINT_URL;
    return { region, credentials, ...(endpoint !== undefined && { endpoint }) };
  };
  const client = createElasticsearchClient({
    url: required(environment, 'JOBS_DATABASE_URL'),
    ...(authorization === undefined ? {} : { authorization }),
  });
  const prefixes = environment.RESULTS_URL_PREFIXES?.split(',').map((prefix) => prefix.trim()) ?? [];
  return createHandler({
    database: openJobsDatabase({ client, log: console.log }),
    deadLetter: createDeadLetter({
      sqs: createSqsClient(reach('SQS')),
      queueUrl: required(environment, 'DEAD_LETTER_QUEUE_URL'),
    }),
    verdicts: { urlPrefixes: prefixes.filter((prefix) => prefix !== ''), s3: createS3Client(reach('S3')) },
    log: console.log,
  });
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '')
    throw new DaybookError('invalid-argument', `The environment variable ${name} is missing`);
  return value;
}
