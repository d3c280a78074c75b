import type { AwsKeys } from '@daybook/aws-client/sign';
import type { Environment } from './parse-arguments.ts';

/** Where a topic is and who publishes to it. */
export interface Destination {
  readonly endpoint: string;
  readonly region: string;
  readonly keys?: AwsKeys;
}

/**
 * The service of the topic `topicArn` and the keys for it. Keys in the environment are taken as they are; without, the
 * credential chain of the AWS SDK is asked, which is loaded only then. A service on this machine may do without keys.
 */
export async function resolveDestination(topicArn: string, environment: Environment): Promise<Destination> {
  const [, partition, , arnRegion] = topicArn.split(':');
  const region = arnRegion || environment.AWS_REGION || environment.AWS_DEFAULT_REGION || 'us-east-1';
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const own = environment.AWS_ENDPOINT_URL_SNS || environment.AWS_ENDPOINT_URL;
  const endpoint = own || `https://sns.${region}.${domain}/`;
  const keys = staticKeys(environment);
  if (keys !== undefined) return { endpoint, region, keys };
  if (own !== undefined && isLoopback(own)) return { endpoint, region };
  const { awsCredentialChain } = await import('@daybook/aws-client');
  return { endpoint, region, keys: await awsCredentialChain()() };
}

function staticKeys(environment: Environment): AwsKeys | undefined {
  const accessKeyId = environment.AWS_ACCESS_KEY_ID;
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
  const sessionToken = environment.AWS_SESSION_TOKEN;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
