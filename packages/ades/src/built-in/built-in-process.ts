import type { CwlProcess, JsonObject } from '@daybook/cwl';
import type { DescribedProcess } from '../processes/process-record.ts';

/** A process that every ADES has and runs itself, without a worker. It cannot be deployed, replaced or undeployed. */
export interface BuiltInProcess extends DescribedProcess {
  readonly isBuiltIn: true;
  readonly description: Pick<CwlProcess, 'inputs' | 'outputs' | 'secrets'>;
  /** Throws `invalid-argument`, naming the input, for inputs that it does not take. */
  check(inputs: JsonObject): void;
  /** The results for inputs that were checked: output id → value. Rejects when `signal` aborts. Ends within a minute. */
  run(inputs: JsonObject, signal: AbortSignal): Promise<JsonObject>;
}
