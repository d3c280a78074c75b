import { awsCredentialChain, createS3Client, type S3Client } from '@daybook/aws-client';
import type { WorkerOptions } from '@daybook/worker';
import type { Settings } from '../config/settings.ts';
import { isLoopback } from '../host.ts';

const MEBIBYTE = 2 ** 20;

/** From where the worker fetches the inputs of jobs, and what it keeps of them. */
export function stageInOptions(
  settings: Settings,
  s3: S3Client | undefined,
): Required<Pick<WorkerOptions, 'stageIn' | 'inputCacheBytes'>> {
  return {
    stageIn: {
      allowPrivateAddresses: settings['allow-private-addresses'] ?? isLoopback(settings.host),
      allowedHosts: settings['cwl-hosts'].map((host) => host.toLowerCase()),
      maxBytes: settings['max-input-bytes'],
      timeLimitMs: settings['stage-in-limit-seconds'] * 1000,
      ...(s3 !== undefined && {
        s3: { client: s3, allowed: settings['s3-inputs'].map((place) => place.replace(/^s3:\/\//, '')) },
      }),
    },
    inputCacheBytes: settings['input-cache-mib'] * MEBIBYTE,
  };
}

/** The S3 of the settings where they ask for one, with the credentials that AWS's own programs would find here. */
export function createConfiguredS3(settings: Settings): S3Client | undefined {
  if (settings['s3-inputs'].length === 0 && settings['output-store'] === undefined) return undefined;
  const endpoint = settings['s3-endpoint'];
  return createS3Client({
    region: settings['aws-region'],
    credentials: awsCredentialChain(),
    ...(endpoint !== undefined && { endpoint }),
  });
}
