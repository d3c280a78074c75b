import { entries, type ProcessSelection, selectProcess, shortId } from './cwl-document.ts';
import type { CwlType } from './cwl-type.ts';
import { documentation } from './documentation.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { schemaOf } from './json-schema.ts';
import { mediaTypeOf } from './media-type.ts';
import { type Parameter, parameters } from './parameters.ts';
import type { CwlProcess, JsonSchema, ParameterDescription } from './process-description.ts';
import { secretInputs } from './secret-inputs.ts';

/**
 * Describes a packed CWL document. Throws `invalid-argument` where it is no CWL v1.0–v1.2 document, `not-found` where it has no such
 * process, `unsupported` for a process that cannot be run (`Operation`).
 */
export function describeProcess(document: JsonObject, selection: ProcessSelection = {}): CwlProcess {
  const selected = selectProcess(document, selection);
  const { process, id, cwlVersion } = selected;
  const label = documentation(process.label);
  const doc = documentation(process.doc);
  return {
    id,
    class: process.class as CwlProcess['class'],
    cwlVersion,
    ...(label !== undefined && { label }),
    ...(doc !== undefined && { doc }),
    inputs: describeParameters(parameters(selected, 'inputs')),
    outputs: describeParameters(parameters(selected, 'outputs')),
    secrets: secretInputs(document, [], selection),
    steps: process.class === 'Workflow' ? entries(process.steps, 'id').map((step) => shortId(String(step.id))) : [id],
  };
}

function describeParameters(all: readonly Parameter[]): Record<string, ParameterDescription> {
  return Object.fromEntries(all.map((parameter) => [parameter.id, describeParameter(parameter)]));
}

function describeParameter({ id, type, required, declaration }: Parameter): ParameterDescription {
  const description = documentation(declaration.doc);
  const { default: defaultValue = null } = declaration;
  return {
    title: documentation(declaration.label) ?? id,
    ...(description !== undefined && { description }),
    schema: withDefault(schemaOf(type), type, defaultValue),
    minOccurs: required ? 1 : 0,
    maxOccurs: 1,
    ...(defaultValue !== null && { default: defaultValue }),
    mediaType: mediaTypeOf(type, declaration.format),
  };
}

function withDefault(schema: JsonSchema, type: CwlType, value: JsonValue): JsonSchema {
  return value === null || holdsFiles(type) ? schema : { ...schema, default: value };
}

/** A default File is a place in the document's own folder: no value that a user could send. */
function holdsFiles(type: CwlType): boolean {
  switch (type.kind) {
    case 'File':
    case 'Directory':
      return true;
    case 'array':
      return holdsFiles(type.items);
    case 'record':
      return type.fields.some((field) => holdsFiles(field.type));
    case 'union':
      return type.members.some(holdsFiles);
    default:
      return false;
  }
}
