import type { FetchPolicy } from '@daybook/cwltool';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { type JobDocument, type SecretKeys, seal, unseal } from '@daybook/jobs';
import type { SubscriptionDocument } from '@daybook/jobs-database';
import { type TObject, type TOptional, type TString, Type } from 'typebox';
import { checkAddress } from '../references/request-under-policy.ts';

const MAX_URI_LENGTH = 4_096;

const uri = (description: string): TString => Type.String({ format: 'uri', maxLength: MAX_URI_LENGTH, description });

/** Who is to be told of a job (OGC API – Processes Part 1, `subscriber` of an execute request). */
export interface Subscriber {
  readonly successUri: string;
  readonly inProgressUri?: string;
  readonly failedUri?: string;
}

/** The member `subscriber` of an execute body. */
export const subscriberSchema: TObject<{
  successUri: TString;
  inProgressUri: TOptional<TString>;
  failedUri: TOptional<TString>;
}> = Type.Object(
  {
    successUri: uri('Gets the results document'),
    inProgressUri: Type.Optional(uri('Gets statusInfo when the job begins')),
    failedUri: Type.Optional(uri('Gets statusInfo when the job failed or was dismissed')),
  },
  { description: 'Where to POST what becomes of the job, at least once each' },
);

/** Throws `invalid-argument` for a URI that is none of http or https, `forbidden` for an address that may not be reached; never shows what is behind the host. */
export function checkSubscriber(subscriber: Subscriber, policy: FetchPolicy): void {
  for (const [member, value] of Object.entries(subscriber)) {
    if (!/Uri$/.test(member)) continue;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw new DaybookError('invalid-argument', `subscriber.${member} must be an absolute http or https URL`);
    }
    try {
      checkAddress(url, policy);
    } catch (error) {
      throw isDaybookError(error)
        ? new DaybookError(error.code, `subscriber.${member}: ${error.message}`, { cause: error })
        : error;
    }
  }
}

/** What stands sealed in a subscription. */
export interface SealedSubscriber extends Subscriber {
  /** Where the submitter reaches the ADES: URLs in messages begin with it. */
  readonly baseUrl: string;
}

/** No CWL input has this id, so that a sealed input can never be taken for a subscriber. */
const SEALED_AS = '#subscriber';

/** The subscription of a job that is about to be made. */
export function buildSubscription(
  keys: SecretKeys,
  jobId: string,
  { successUri, inProgressUri, failedUri }: Subscriber,
  baseUrl: string,
): SubscriptionDocument {
  const now = new Date().toISOString();
  const content: SealedSubscriber = {
    successUri,
    ...(inProgressUri !== undefined && { inProgressUri }),
    ...(failedUri !== undefined && { failedUri }),
    baseUrl,
  };
  return {
    id: jobId,
    sealed: seal(keys, { jobId, inputId: SEALED_AS }, JSON.stringify(content)),
    'submit-time': now,
    'next-time': now,
    'awaits-start': inProgressUri !== undefined,
    tries: 0,
  };
}

/** Opens a subscription. Throws `not-found` where its key is unknown, `corrupt` where it was changed. */
export function openSubscription(keys: SecretKeys, { id, sealed }: SubscriptionDocument): SealedSubscriber {
  try {
    return JSON.parse(unseal(keys, { jobId: id, inputId: SEALED_AS }, sealed)) as SealedSubscriber;
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw new DaybookError(error.code, `The subscription of job ${id} cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}

/** What a subscriber may be told. */
export type CallbackEvent = 'in-progress' | 'success' | 'failed';

/** What is to be told of a job now; undefined while there is nothing. */
export function dueEvent(job: Pick<JobDocument, 'state' | 'final'>, awaitsStart: boolean): CallbackEvent | undefined {
  if (job.final) return job.state === 'successful' ? 'success' : 'failed';
  return awaitsStart && job.state === 'running' ? 'in-progress' : undefined;
}

/** Where an event is sent; undefined where nobody asked for it. */
export function uriOf(subscriber: Subscriber, event: CallbackEvent): string | undefined {
  if (event === 'success') return subscriber.successUri;
  return event === 'failed' ? subscriber.failedUri : subscriber.inProgressUri;
}
