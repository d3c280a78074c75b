import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../support/program.ts';
import { expectRefusal } from './account.ts';
import { type AwsClient, type Endpoint, pythonEnvironment } from './clients/aws-client.ts';
import { openBoto3 } from './clients/boto3.ts';
import { openSdkForJavaScript } from './clients/sdk-for-javascript.ts';

const endpoint = inject('endpoint');

/** Two calls, of SQS and of SNS, with keys that are not the account's. */
async function expectRefusals(open: (endpoint: Endpoint) => AwsClient, keys: Partial<Endpoint>, code: string) {
  const client = open({ ...endpoint, ...keys });
  try {
    await expectRefusal(client.call('sqs', 'ListQueues', {}), code);
    await expectRefusal(client.call('sns', 'ListTopics', {}), code);
  } finally {
    await client.close();
  }
}

/** The address of a call that boto3 presigned, good for `seconds`. */
function presign(action: string, method: 'GET' | 'POST', seconds: number): string {
  const script = `
import boto3, sys
action, method, seconds = sys.argv[1:]
print(boto3.client("sns").generate_presigned_url(action, HttpMethod=method, ExpiresIn=int(seconds)))
`;
  const env = pythonEnvironment(endpoint, join(root, '.setup/python/boto3'));
  const args = ['-c', script, action, method, String(seconds)];
  return execFileSync(join(root, '.venv/bin/python'), args, { env, encoding: 'utf8' }).trim();
}

describe('a signature', () => {
  const clients = [
    ['the SDK for JavaScript', openSdkForJavaScript],
    ['boto3', (given: Endpoint) => openBoto3(given, 'boto3')],
  ] as const;

  it.each(clients)('by a wrong secret or an unknown key is refused, with %s', async (_name, open) => {
    await expectRefusals(open, { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch');
    await expectRefusals(open, { accessKeyId: 'AKIAUNKNOWNEXAMPLE00' }, 'InvalidClientTokenId');
  });

  it('of another time or another body is refused', async () => {
    const { url, region, ...credentials } = endpoint;
    const options = { region, credentials, maxAttempts: 1, ...(url !== undefined && { endpoint: url }) };
    const late = new SQSClient({ ...options, systemClockOffset: -20 * 60_000 });
    await expect(late.send(new ListQueuesCommand({}))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    late.destroy();
    const tampered = new SQSClient(options);
    tampered.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: string }).body = JSON.stringify({ QueueNamePrefix: 'x' });
        return next(args);
      },
      { step: 'deserialize' },
    );
    const sent = tampered.send(new ListQueuesCommand({ QueueNamePrefix: 'y' }));
    await expect(sent).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    tampered.destroy();
  });

  it.each(['GET', 'POST'] as const)('in the address of a %s is taken until it expires', async (method) => {
    const presigned = presign('list_topics', method, 60);
    const answer = await fetch(presigned, { method });
    expect(await answer.text()).toMatch(/<ListTopicsResponse .*<Topics>/s);
    const other = await fetch(presigned.replace('ListTopics', 'ListSubscriptions'), { method });
    expect([other.status, await other.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    const expired = await fetch(presign('list_topics', method, 0), { method });
    expect(expired.status).toBe(403);
  });

  it('is required', async () => {
    const address = endpoint.url ?? `https://sns.${endpoint.region}.amazonaws.com`;
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ Action: 'ListTopics' }) });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('MissingAuthenticationToken')]);
  });
});
