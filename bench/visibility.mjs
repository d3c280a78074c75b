import { randomUUID } from 'node:crypto';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { percentile, post, printTable, startDaybook } from './support.mjs';

const RUNS = 200;
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:daybook-job-updates.fifo';

/** From the call that publishes an update, through topic, queue and handler, until a search by its status finds the job. */
export async function visibility() {
  const daybook = await startDaybook();
  try {
    await timeUpdates(daybook);
  } finally {
    await daybook.stop();
  }
}

async function timeUpdates(daybook) {
  const sns = new SNSClient({
    endpoint: daybook.bus,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const published = [];
  const visible = [];
  for (let run = 0; run < RUNS; run += 1) {
    const id = randomUUID();
    const status = `status-${id}`;
    const began = performance.now();
    await sns.send(
      new PublishCommand({
        TopicArn: TOPIC,
        Message: JSON.stringify({ id, status }),
        MessageGroupId: id,
        MessageDeduplicationId: id,
      }),
    );
    published.push(performance.now() - began);
    while ((await count(daybook, status)) === 0);
    visible.push(performance.now() - began);
  }
  sns.destroy();
  const row = (name, values) => [
    name,
    percentile(values, 50).toFixed(1),
    percentile(values, 99).toFixed(1),
    Math.max(...values).toFixed(1),
  ];
  printTable(
    `One update at a time, ${RUNS} of them, with the AWS SDK`,
    ['', 'p50 ms', 'p99 ms', 'max ms'],
    [row('published (acknowledged by the topic, durable)', published), row('published → found by a search', visible)],
  );
}

async function count(daybook, status) {
  const { body } = await post(`${daybook.database}/jobs/_count`, { query: { term: { status } } }, 200);
  return body.count;
}
