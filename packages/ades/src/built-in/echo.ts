import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject, JsonValue } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import { compileValidator } from '../http/compile-validator.ts';
import type { BuiltInProcess } from './built-in-process.ts';
import { ECHO_INPUTS } from './echo-description.ts';

const validate = compileValidator({
  schema: {
    type: 'object',
    required: ['text'],
    properties: Object.fromEntries(Object.entries(ECHO_INPUTS).map(([id, { schema }]) => [id, schema])),
  },
  httpPart: 'input',
  method: 'POST',
  url: '',
});

/** Gives back what it is given: for trying out clients, and for conformance tests. */
export const echo: BuiltInProcess = {
  isBuiltIn: true,
  id: 'echo',
  'process-id': 'echo',
  version: '1.0.0',
  form: 'ogc',
  title: 'Echo',
  abstract: 'Gives back its inputs, each as the output of the same name, after a pause.',
  keywords: ['test'],
  'ows-context-url': '',
  'execution-unit': '',
  'immediate-deployment': true,
  'job-control-options': ['async-execute', 'sync-execute'],
  'output-transmission': ['value', 'reference'],
  inputs: [],
  outputs: [],
  description: { inputs: ECHO_INPUTS, outputs: ECHO_INPUTS, secrets: [] },

  check(inputs) {
    const unknown = Object.keys(inputs).find((id) => !Object.hasOwn(ECHO_INPUTS, id));
    if (unknown !== undefined) {
      const known = Object.keys(ECHO_INPUTS).join(', ');
      throw new DaybookError('invalid-argument', `input ${unknown}: the process has no such input; it has ${known}`);
    }
    const { image, ...others } = inputs;
    const checked = isLink(image) ? others : inputs;
    const { error }: { error?: Error } = validate(checked) as { error?: Error };
    if (error !== undefined) throw error;
  },

  async run(inputs, signal) {
    await delay(Number(inputs.pause ?? 0) * 1_000, undefined, { signal });
    return Object.fromEntries(
      Object.entries(inputs).map(([id, value]) => [id, id === 'image' && isLink(value) ? linked(value) : value]),
    );
  },
};

function isLink(value: JsonValue | undefined): value is JsonObject & { readonly href: string } {
  return isJsonObject(value) && typeof value.href === 'string';
}

/** A file that stays where it is. */
function linked({ href }: { readonly href: string }): JsonObject {
  return { class: 'File', location: href };
}
