import type { JsonObject } from '@daybook/cwl';
import type { Subscriber } from '../callbacks/subscriber.ts';
import type { ResultsRequest } from './results-request.ts';

/** What an execute request asks for, in whichever form it came. */
export interface ExecuteCommand {
  /** Input id → value, as the jobs database will show it. */
  readonly inputs: JsonObject;
  readonly labels: readonly string[];
  /** Undefined: a document of all outputs, which WPS-T means. */
  readonly results?: ResultsRequest;
  /** Who is told what becomes of the job. */
  readonly subscriber?: Subscriber | undefined;
  /** A second request with it gets the job of the first. */
  readonly idempotencyKey?: string | undefined;
}
