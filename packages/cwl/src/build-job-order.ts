import { DaybookError } from '@daybook/errors';
import { bindValue } from './bind-value.ts';
import { type ProcessSelection, selectProcess } from './cwl-document.ts';
import { expectation } from './expected.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { Mismatch } from './mismatch.ts';
import { type Parameter, parameters } from './parameters.ts';
import { secretInputs } from './secret-inputs.ts';

/** How a job order is built. */
export interface JobOrderOptions extends ProcessSelection {
  /** Ids of inputs whose values no error shows, and which must be texts. Default: those that the document declares secret. */
  readonly secrets?: readonly string[];
}

type Inputs = Readonly<Record<string, JsonValue>>;

/**
 * Builds the CWL job order from what a user sent (input id → value; a File or Directory as a CWL object or a link `{href, type}`).
 * A server input is filled in only where the process declares it and the user did not send it. A text that is exactly a number is
 * taken for one where a number, and no text, is expected; so are `true` and `false`; one value is taken for an array of one.
 * Throws `invalid-argument`, naming the input and what was expected; `detail.input` is the input's id.
 */
export function buildJobOrder(
  document: JsonObject,
  inputs: Inputs,
  serverInputs: Inputs,
  options: JobOrderOptions = {},
): JsonObject {
  return compileJobOrder(document, options)(inputs, serverInputs);
}

/** The same for many jobs of one process: the document is read once, which takes longer than an order. */
export function compileJobOrder(
  document: JsonObject,
  options: JobOrderOptions = {},
): (inputs: Inputs, serverInputs: Inputs) => JsonObject {
  const selected = selectProcess(document, options);
  const declared = parameters(selected, 'inputs');
  const { secrets = secretInputs(document, [], options) } = options;
  return (inputs, serverInputs) => {
    refuseUnknown(inputs, declared);
    const sent = new Map([...Object.entries(serverInputs), ...Object.entries(inputs)]);
    const order = declared.flatMap((parameter): [string, JsonValue][] => {
      const value = sent.get(parameter.id) ?? null;
      if (value !== null) return [[parameter.id, bindInput(parameter, value, secrets.includes(parameter.id))]];
      if (parameter.required) throw missing(parameter);
      return [];
    });
    return Object.fromEntries(order);
  };
}

function refuseUnknown(inputs: Readonly<Record<string, JsonValue>>, declared: readonly Parameter[]): void {
  const unknown = Object.keys(inputs).find((id) => !declared.some((parameter) => parameter.id === id));
  if (unknown === undefined) return;
  const known = declared.map((parameter) => parameter.id).join(', ') || 'none';
  const message = `input ${JSON.stringify(unknown)}: the process has no such input; it has ${known}`;
  throw new DaybookError('invalid-argument', message, { detail: { input: unknown } });
}

function missing({ id, type }: Parameter): DaybookError {
  const expected = expectation(type);
  const message = `input ${JSON.stringify(id)}: missing; expected ${expected}`;
  return new DaybookError('invalid-argument', message, { detail: { input: id, expected } });
}

function bindInput({ id, type }: Parameter, value: JsonValue, isSecret: boolean): JsonValue {
  try {
    const bound = bindValue(type, value, id);
    // What is no text cannot be sealed, nor kept out of cwltool's log.
    if (isSecret && (typeof value !== 'string' || bound !== value))
      throw new Mismatch(id, 'a string, as it is secret', value);
    return bound;
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    const { path, expected } = error;
    const at = path === id ? '' : ` at ${path}`;
    const found = isSecret ? 'something else' : error.found;
    const message = `input ${JSON.stringify(id)}${at}: expected ${expected}; found ${found}`;
    // The mismatch is no cause: it holds nothing more, but a secret's value.
    throw new DaybookError('invalid-argument', message, { detail: { input: id, expected } });
  }
}
