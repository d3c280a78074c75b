import { Ajv } from 'ajv';

/** The JSON schemas of OGC API – Processes Part 1, as far as our answers have their members, with references resolved by hand. */
const text = { type: 'string' };
const texts = { type: 'array', items: text };
const link = {
  type: 'object',
  required: ['href'],
  properties: { href: text, rel: text, type: text, hreflang: text, title: text },
};
const links = { type: 'array', items: link };
const described = { title: text, description: text, keywords: texts, metadata: { type: 'array' } };

const OPENAPI_KEYWORDS = {
  ...Object.fromEntries(
    ['title', 'pattern', 'description', 'contentMediaType', 'contentEncoding'].map((k) => [k, text]),
  ),
  ...{ contentSchema: text, format: text },
  multipleOf: { type: 'number', exclusiveMinimum: 0 },
  ...Object.fromEntries(['maximum', 'minimum'].map((k) => [k, { type: 'number' }])),
  ...Object.fromEntries(
    ['exclusiveMaximum', 'exclusiveMinimum', 'uniqueItems', 'nullable', 'readOnly', 'writeOnly', 'deprecated'].map(
      (k) => [k, { type: 'boolean' }],
    ),
  ),
  ...Object.fromEntries(
    ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'].map((k) => [
      k,
      { type: 'integer', minimum: 0 },
    ]),
  ),
  required: { ...texts, minItems: 1, uniqueItems: true },
  enum: { type: 'array', minItems: 1 },
  type: { type: 'string', enum: ['array', 'boolean', 'integer', 'number', 'object', 'string'] },
  not: { $ref: '#/definitions/schema' },
  ...Object.fromEntries(
    ['allOf', 'oneOf', 'anyOf'].map((k) => [
      k,
      { type: 'array', minItems: 1, items: { $ref: '#/definitions/schema' } },
    ]),
  ),
  items: { $ref: '#/definitions/schema' },
  properties: { type: 'object', additionalProperties: { $ref: '#/definitions/schema' } },
  additionalProperties: { anyOf: [{ $ref: '#/definitions/schema' }, { type: 'boolean' }] },
  default: {},
  example: {},
};

const definitions = { schema: { type: 'object', properties: OPENAPI_KEYWORDS, additionalProperties: false } };
const output = {
  type: 'object',
  required: ['schema'],
  properties: { ...described, schema: { $ref: '#/definitions/schema' } },
};
const input = {
  ...output,
  properties: {
    ...output.properties,
    minOccurs: { type: 'integer' },
    maxOccurs: { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['unbounded'] }] },
  },
};

const processSummary = {
  type: 'object',
  required: ['id', 'version'],
  properties: {
    ...described,
    id: text,
    version: text,
    jobControlOptions: { type: 'array', items: { type: 'string', enum: ['sync-execute', 'async-execute', 'dismiss'] } },
    outputTransmission: { type: 'array', items: { type: 'string', enum: ['value', 'reference'] } },
    links,
  },
};

const SCHEMAS = {
  landingPage: { type: 'object', required: ['links'], properties: { title: text, description: text, links } },
  confClasses: { type: 'object', required: ['conformsTo'], properties: { conformsTo: texts } },
  processList: {
    type: 'object',
    required: ['processes', 'links'],
    properties: { processes: { type: 'array', items: processSummary }, links },
  },
  process: {
    ...processSummary,
    properties: {
      ...processSummary.properties,
      inputs: { type: 'object', additionalProperties: input },
      outputs: { type: 'object', additionalProperties: output },
    },
    definitions,
  },
  statusInfo: {
    type: 'object',
    required: ['jobID', 'status', 'type'],
    properties: {
      processID: text,
      type: { type: 'string', enum: ['process'] },
      jobID: text,
      status: { type: 'string', enum: ['accepted', 'running', 'successful', 'failed', 'dismissed'] },
      message: text,
      ...Object.fromEntries(
        ['created', 'started', 'finished', 'updated'].map((k) => [
          k,
          { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT.*Z$' },
        ]),
      ),
      progress: { type: 'integer', minimum: 0, maximum: 100 },
      links,
    },
  },
  exception: {
    type: 'object',
    required: ['type'],
    properties: { type: text, title: text, status: { type: 'integer' }, detail: text, instance: text },
  },
};

/** What an answer has that the schema of that name does not allow; empty where it is valid. */
export function schemaFaults(name: keyof typeof SCHEMAS, answer: unknown): string[] {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(SCHEMAS[name]);
  validate(answer);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
