import type { JsonObject, JsonValue } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import { showValue } from '../http/show-value.ts';

/** The members of a process description that say what a container takes and makes: id → input or output description of Part 1. */
export interface DockerParameters {
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

const SCALARS: ReadonlyMap<JsonValue | undefined, string> = new Map([
  ['string', 'string'],
  ['integer', 'long'],
  ['number', 'double'],
  ['boolean', 'boolean'],
]);

/** Whether an execution unit names a container image (OGC API – Processes Part 2, requirements class Docker). */
export function isDockerUnit(unit: unknown): unit is JsonObject & { readonly type: 'docker' } {
  return isJsonObject(unit) && unit.type === 'docker';
}

/**
 * The CWL tool that a container image with a process description means: DOCKER-UNIT.md says how inputs are handed over and outputs are found.
 * Throws `invalid-argument` for a unit without an image and for parameters that are none.
 */
export function dockerTool(unit: JsonObject, { inputs, outputs }: DockerParameters): JsonObject {
  const { image } = unit;
  if (typeof image !== 'string' || image.trim() === '') {
    throw new DaybookError('invalid-argument', `executionUnit.image must name an image, not ${showValue(image)}`);
  }
  const made = parameters('outputs', outputs).map(([id, { schema }]): [string, JsonObject] => [id, output(id, schema)]);
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    requirements: {
      DockerRequirement: { dockerPull: image },
      InlineJavascriptRequirement: {},
      ...resources(unit),
    },
    inputs: Object.fromEntries(parameters('inputs', inputs).map(([id, description]) => [id, input(id, description)])),
    // Without any, what the container prints is its result.
    outputs: made.length === 0 ? { stdout: { type: 'stdout' } } : Object.fromEntries(made),
  };
}

interface Description {
  readonly schema: JsonObject;
  readonly texts: JsonObject;
  readonly isOptional: boolean;
  readonly isRepeated: boolean;
}

function parameters(member: string, described: unknown): readonly [string, Description][] {
  if (described === undefined) return [];
  if (!isJsonObject(described)) {
    throw new DaybookError(
      'invalid-argument',
      `processDescription.${member} must be an object, id → description, not ${showValue(described)}`,
    );
  }
  return Object.entries(described).map(([id, description]) => {
    const { schema, title, description: doc, minOccurs, maxOccurs } = isJsonObject(description) ? description : {};
    if (!isJsonObject(schema)) {
      throw new DaybookError(
        'invalid-argument',
        `processDescription.${member}.${id}.schema must be an object, not ${showValue(schema)}`,
      );
    }
    const texts = {
      ...(typeof title === 'string' && { label: title }),
      ...(typeof doc === 'string' && { doc }),
      ...(schema.default !== undefined && member === 'inputs' && { default: schema.default }),
    };
    const isRepeated = maxOccurs === 'unbounded' || (typeof maxOccurs === 'number' && maxOccurs > 1);
    return [id, { schema, texts, isOptional: minOccurs === 0, isRepeated }];
  });
}

function input(id: string, { schema, texts, isOptional, isRepeated }: Description): JsonObject {
  const type: JsonValue = isRepeated ? { type: 'array', items: typeOf(schema) } : typeOf(schema);
  return {
    type: isOptional ? ['null', type] : type,
    ...texts,
    inputBinding: { prefix: `--${id}`, ...(!PLAIN.has(type) && { valueFrom: AS_JSON }) },
  };
}

/** CWL hands these over as their texts, a File as its path; a boolean would be the prefix alone. */
const PLAIN: ReadonlySet<JsonValue> = new Set(['string', 'long', 'double', 'File']);

const SHOWN =
  '(function shown(v) { return v && v.class && v.path ? v.path : Array.isArray(v) ? v.map(shown) : v; })(self)';
const AS_JSON = `$(self === null ? null : typeof self === "string" ? self : JSON.stringify(${SHOWN}))`;

function typeOf(schema: JsonObject): JsonValue {
  if (isFile(schema)) return 'File';
  if (schema.type === 'array' && isJsonObject(schema.items)) return { type: 'array', items: typeOf(schema.items) };
  return SCALARS.get(schema.type) ?? 'Any';
}

function isFile({ type, contentMediaType, contentEncoding, format }: JsonObject): boolean {
  return type === 'string' && (contentMediaType !== undefined || contentEncoding !== undefined || format === 'uri');
}

function output(id: string, schema: JsonObject): JsonObject {
  if (isFile(schema)) return { type: 'File', outputBinding: { glob: [id, `${id}.*`] } };
  if (schema.type === 'array' && isJsonObject(schema.items) && isFile(schema.items)) {
    return { type: { type: 'array', items: 'File' }, outputBinding: { glob: `${id}/*` } };
  }
  const text = 'self[0].contents';
  const value = schema.type === 'string' ? `${text}.replace(/\\r?\\n$/, "")` : `JSON.parse(${text})`;
  return {
    type: typeOf(schema),
    outputBinding: { glob: [id, `${id}.*`], loadContents: true, outputEval: `$(${value})` },
  };
}

/** Members of `config`, in CPUs, GiB and seconds. */
function resources({ config }: JsonObject): JsonObject {
  if (!isJsonObject(config)) return {};
  const { cpuMin, cpuMax, memoryMin, memoryMax, jobTimeout } = config;
  const mib = (value: JsonValue | undefined): JsonValue | undefined =>
    typeof value === 'number' ? Math.ceil(value * 1024) : undefined;
  const asked = { coresMin: cpuMin, coresMax: cpuMax, ramMin: mib(memoryMin), ramMax: mib(memoryMax) };
  const known = Object.entries(asked).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return {
    ...(known.length > 0 && { ResourceRequirement: Object.fromEntries(known) }),
    ...(typeof jobTimeout === 'number' && { ToolTimeLimit: { timelimit: jobTimeout } }),
  };
}
