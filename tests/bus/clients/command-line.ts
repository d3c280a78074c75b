import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../support/program.ts';
import { type AwsClient, AwsError, type Endpoint, pythonEnvironment, type Wire } from './aws-client.ts';

/** The aws command line: a process a call. */
export function openCommandLine(endpoint: Endpoint): AwsClient {
  const folder = join(root, '.setup/python/awscli');
  const env = pythonEnvironment(endpoint, folder);
  const flags = endpoint.url === undefined ? [] : ['--endpoint-url', endpoint.url];
  return {
    async call(service, action, input) {
      const command = action.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
      const parameters = ['--output', 'json', '--cli-input-json', JSON.stringify(input)];
      const args = ['-m', 'awscli', ...flags, service, command, ...parameters];
      try {
        const { stdout } = await promisify(execFile)(join(root, '.venv/bin/python'), args, { env });
        return stdout.trim() === '' ? {} : JSON.parse(stdout);
      } catch (error) {
        const { stderr = '', message } = error as Wire;
        const refusal = /An error occurred \(([\w.]+)\)[^:]*: (.*)/s.exec(stderr);
        throw refusal === null ? new Error(`${message}\n${stderr}`) : new AwsError(refusal[1]!, refusal[2]!);
      }
    },
    async close() {},
  };
}
