import type { AwsKeys } from '@daybook/aws-client';
import { DaybookError } from '@daybook/errors';
import type { Settings } from '../config/settings.ts';

/** The keys of the embedded bus; undefined when it takes requests that nobody signed. Our own parts sign with the first. */
export function readBusKeys(settings: Settings): readonly AwsKeys[] | undefined {
  const keys = Object.entries(settings['bus-keys']).map(([accessKeyId, secretAccessKey]): AwsKeys => {
    if (typeof secretAccessKey === 'string' && secretAccessKey !== '' && accessKeyId !== '')
      return { accessKeyId, secretAccessKey };
    throw new DaybookError(
      'invalid-argument',
      `bus-keys: expected a secret as text for ${JSON.stringify(accessKeyId)}`,
    );
  });
  return keys.length === 0 ? undefined : keys;
}
