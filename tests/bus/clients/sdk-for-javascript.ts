import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { type AwsClient, AwsError, type Endpoint, type Wire } from './aws-client.ts';

/** The SDK for JavaScript. */
export function openSdkForJavaScript(endpoint: Endpoint): AwsClient {
  const { url, region, accessKeyId, secretAccessKey } = endpoint;
  const credentials = { accessKeyId, secretAccessKey };
  const options = { region, credentials, maxAttempts: 1, ...(url !== undefined && { endpoint: url }) };
  const services: Wire = {
    sqs: { client: new sqs.SQSClient(options), commands: sqs },
    sns: { client: new sns.SNSClient(options), commands: sns },
  };
  return {
    async call(service, action, input) {
      const { client, commands } = services[service];
      try {
        const { $metadata, ...answer } = await client.send(new commands[`${action}Command`](input));
        return answer;
      } catch (error) {
        const { name, message, Code, Error: inner } = error as Wire;
        throw new AwsError(Code ?? inner?.Code ?? name, message);
      }
    },
    async close() {
      services.sqs.client.destroy();
      services.sns.client.destroy();
    },
  };
}
