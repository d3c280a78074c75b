import { DaybookError } from '@daybook/errors';
import type { ProcessSelection } from './describe-process.ts';
import type { JsonObject, JsonValue } from './json.ts';

/**
 * Builds the CWL job order from what a user sent (input id → value; a File or Directory as a CWL object or a link `{href, type}`).
 * A server input is filled in only where the process declares it and the user did not send it. A text that is exactly a number is
 * taken for one where a number, and no text, is expected; so are `true` and `false`; one value is taken for an array of one.
 * Throws `invalid-argument`, naming the input and what was expected.
 */
export function buildJobOrder(
  document: JsonObject,
  inputs: Readonly<Record<string, JsonValue>>,
  serverInputs: Readonly<Record<string, JsonValue>>,
  selection: ProcessSelection = {},
): JsonObject {
  throw new DaybookError('invalid-argument', `${document} ${inputs} ${serverInputs} ${selection}`);
}
