import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { python } from '../support/jobs-clients.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, type Json, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

const { ades, database, bus, busResources } = sharedDaybook();
const aws = { endpoint: bus, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const sns = new SNSClient(aws);
const sqs = new SQSClient(aws);
const { topicArn: topic, updateQueueUrl, updateDeadLetterQueueUrl } = busResources;
const queueName = (url: string): string => url.split('/').at(-1) as string;
let process: string;

beforeAll(async () => {
  process = await deployExample(ades, 'sleep/sleep.cwl');
});
afterAll(() => {
  sns.destroy();
  sqs.destroy();
});

function publish(message: Json, id: string): Promise<unknown> {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return sns.send(
    new PublishCommand({
      TopicArn: topic,
      Message: body,
      MessageGroupId: id,
      MessageDeduplicationId: crypto.randomUUID(),
    }),
  );
}

function status(id: string, expected: string): Promise<Json> {
  return eventually(`status ${expected} of ${id}`, async () => {
    const document = await jobDocument(database, id);
    return document?.status === expected ? document : undefined;
  });
}

describe('updates of a job through the topic', () => {
  it('show any status that a step sends, until the worker has its verdict', async () => {
    const id = await submit(ades, process, { seconds: 3 });
    await status(id, 'running');
    await publish({ id, status: 'calibrating', outputs: {}, labels: [] }, id);
    const document = await status(id, 'calibrating');
    expect(document.inputs).toEqual({ seconds: 3 });
    expect(document.state).toBe('running');
    await publish({ id, status: 'succeeded' }, id);
    expect((await status(id, 'succeeded')).final).not.toBe(true);
    expect((await call('GET', `${ades}/jobs/${id}`)).body.status).toBe('running');
    expect(await verdictOf(database, id)).toMatchObject({ status: 'succeeded', final: true });
    await publish({ id, status: 'running' }, id);
    await publish({ id: `${id}`, status: '', inputs: 'none', job_outputs: '{}' }, id);
    expect(await jobDocument(database, id)).toMatchObject({ status: 'succeeded', inputs: { seconds: 3 } });
  });

  it('of a job that nobody submitted here make its document', async () => {
    const id = crypto.randomUUID();
    await publish({ id, status: 'running', labels: ['elsewhere'], inputs: { a: 1 } }, id);
    expect(await status(id, 'running')).toMatchObject({ id, labels: ['elsewhere'], inputs: { a: 1 } });
  });

  it('that cannot be read go to the dead-letter queue and hold up nobody', async () => {
    const id = crypto.randomUUID();
    await publish('this is no JSON', id);
    await publish({ id, status: 'after the poison' }, id);
    await status(id, 'after the poison');
    const queues = await sqs.send(new ListQueuesCommand({}));
    expect(queues.QueueUrls?.map(queueName)).toContain(queueName(updateDeadLetterQueueUrl));
  });

  it('are kept as they came, in the history', async () => {
    const id = await submit(ades, process, { seconds: 0.1 });
    await verdictOf(database, id);
    const statuses = await eventually('the history of the job', async () => {
      const answer = await call('POST', `${database}/job-updates/_search`, { query: { term: { id } }, size: 100 });
      const kinds = answer.body.hits.hits.map((hit: Json) => hit._source.kind);
      return kinds.includes('verdict') ? kinds : undefined;
    });
    expect(statuses.length).toBeGreaterThanOrEqual(2);
  });

  it('are published by boto3 as well', async () => {
    const id = crypto.randomUUID();
    const answer = python(
      `
import boto3, json, sys
endpoint, topic, queue, job = sys.argv[1:]
session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
sns = session.client("sns", endpoint_url=endpoint)
sqs = session.client("sqs", endpoint_url=endpoint)
sent = sns.publish(TopicArn=topic, Message=json.dumps({"id": job, "status": "sent by boto3"}), MessageGroupId=job, MessageDeduplicationId=job)
url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
print(json.dumps({"id": sent["MessageId"], "fifo": attributes["FifoQueue"]}))
`,
      bus,
      topic,
      queueName(updateQueueUrl),
      id,
    );
    expect(answer).toEqual({ id: expect.any(String), fifo: 'true' });
    await status(id, 'sent by boto3');
    const url = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName(updateQueueUrl) }));
    expect(url.QueueUrl).toContain(new URL(bus).port);
  });
});
