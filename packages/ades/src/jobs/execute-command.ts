import type { JsonObject } from '@daybook/cwl';

/** What an execute request asks for, in whichever form it came. */
export interface ExecuteCommand {
  /** Input id → value, as the jobs database will show it. */
  readonly inputs: JsonObject;
  readonly labels: readonly string[];
}
