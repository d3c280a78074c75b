import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startProgram } from '../support/program.ts';
import type { Endpoint } from './clients/aws-client.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: Endpoint;
  }
}

/** The keys of the bus that the tests start. */
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

/**
 * Starts Daybook's bus, which checks signatures, unless DAYBOOK_TEST_BUS_URL names another SNS and SQS: a URL, or `aws` for Amazon's
 * own. Keys and region of another are those of the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { DAYBOOK_TEST_BUS_URL: other, AWS_REGION: region = 'us-east-1' } = process.env;
  if (other !== undefined) {
    const { AWS_ACCESS_KEY_ID: accessKeyId = 'test', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'test' } = process.env;
    project.provide('endpoint', { url: other === 'aws' ? undefined : other, region, accessKeyId, secretAccessKey });
    return async () => {};
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'daybook-bus-test-'));
  const keys = JSON.stringify({ [KEYS.accessKeyId]: KEYS.secretAccessKey });
  const bus = await startProgram(['bus', '--data-dir', dataDir, '--bus-port', '0', '--aws-region', region], {
    DAYBOOK_BUS_KEYS: keys,
  });
  project.provide('endpoint', { url: bus.url('bus'), region, ...KEYS });
  return async () => {
    await bus.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
