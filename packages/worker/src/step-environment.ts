import type { StepEnvironmentOptions } from './options.ts';

/** The variables by which the program `update-job` finds its topic and, in a sandbox, the worker that publishes for it. */
export function buildSandboxEnvironment(topicArn: string, updateSocket: string): Readonly<Record<string, string>> {
  return { JOBS_DATA_SNS_TOPIC_ARN: topicArn, DAYBOOK_UPDATE_SOCKET: updateSocket };
}

/** The variables by which the program `update-job` publishes by itself. */
export async function buildStepEnvironment(
  steps: StepEnvironmentOptions,
  topicArn: string,
): Promise<Readonly<Record<string, string>>> {
  const { credentials } = steps;
  const keys = typeof credentials === 'function' ? await credentials() : credentials;
  return {
    AWS_REGION: steps.region,
    JOBS_DATA_SNS_TOPIC_ARN: topicArn,
    ...(steps.awsEndpoint !== undefined && { AWS_ENDPOINT_URL_SNS: steps.awsEndpoint }),
    ...(keys !== undefined && { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey }),
    ...(keys?.sessionToken !== undefined && { AWS_SESSION_TOKEN: keys.sessionToken }),
  };
}
