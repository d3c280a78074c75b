import { type TSchema, Type } from 'typebox';

const text = Type.String();
const texts = Type.Array(text);
const anyObject = Type.Record(Type.String(), Type.Unknown());

/** A link of OGC API resources. */
export const linkSchema: TSchema = Type.Object({
  href: text,
  rel: text,
  type: Type.Optional(text),
  title: Type.Optional(text),
});

/** The body of every refusal. */
export const exceptionSchema: TSchema = Type.Object(
  { type: text, title: text, status: Type.Integer(), detail: text },
  { description: 'OGC exception' },
);

/** OGC statusInfo. */
export const statusInfoSchema: TSchema = Type.Object({
  jobID: text,
  processID: Type.Optional(text),
  type: Type.Enum(['process']),
  status: Type.Enum(['accepted', 'running', 'successful', 'failed', 'dismissed']),
  message: text,
  created: Type.Optional(text),
  started: Type.Optional(text),
  finished: Type.Optional(text),
  updated: Type.Optional(text),
  progress: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  labels: Type.Optional(texts),
  'user-id': Type.Optional(text),
  'error-class': Type.Optional(Type.String({ description: 'Equal for failures that are alike' })),
  'retry-of': Type.Optional(Type.String({ description: 'The job of which this is a retry' })),
  'superseded-by': Type.Optional(Type.String({ description: 'The job that is the retry of this one' })),
  links: Type.Array(linkSchema),
});

/** The answer to a batch. */
export const batchAnswerSchema: TSchema = Type.Object({
  processID: text,
  'dry-run': Type.Boolean(),
  submitted: Type.Integer({ description: 'In a dry run: that would be' }),
  deduplicated: Type.Integer(),
  failed: Type.Integer(),
  items: Type.Array(
    Type.Object({
      line: Type.Integer({ description: 'The number of the item in the body, from 1' }),
      jobID: Type.Optional(text),
      status: Type.Optional(text),
      deduplicated: Type.Optional(Type.Boolean({ description: 'The job is an earlier one with the same inputs' })),
      error: Type.Optional(exceptionSchema),
    }),
    { description: 'In the order of the body' },
  ),
});

/** An operation on many jobs. */
export const operationSchema: TSchema = Type.Object({
  id: text,
  action: Type.Enum(['retry', 'dismiss', 'delete', 'label']),
  query: Type.Unknown({ description: 'As it was sent' }),
  status: Type.Enum(['running', 'done']),
  created: text,
  finished: Type.Optional(text),
  matched: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
  failures: Type.Array(Type.Object({ jobID: text, detail: text }), { description: 'The first 100' }),
});

const count = Type.Integer();
const stateCountsSchema = Type.Object({
  accepted: count,
  running: count,
  successful: count,
  failed: count,
  dismissed: count,
});

/** A label in the list. */
export const campaignEntrySchema: TSchema = Type.Object({
  label: text,
  total: count,
  states: stateCountsSchema,
  'last-submitted': Type.Optional(text),
  links: Type.Array(linkSchema),
});

/** How all jobs of a label are. */
export const campaignSchema: TSchema = Type.Object({
  label: text,
  total: count,
  statuses: Type.Record(Type.String(), count),
  states: stateCountsSchema,
  open: count,
  done: count,
  superseded: Type.Integer({ description: 'Jobs that were retried; their retries are counted as well' }),
  'error-classes': Type.Array(
    Type.Object({
      'error-class': text,
      count,
      example: Type.Object({ jobID: text, error: Type.Optional(text) }),
    }),
    { description: 'The 20 most frequent' },
  ),
  processes: Type.Array(Type.Object({ 'process-id': text, count })),
  'first-submitted': Type.Optional(text),
  'last-submitted': Type.Optional(text),
  'last-stopped': Type.Optional(text),
  rate: Type.Number({ description: 'Jobs that ended in a minute, over the last ten or since the first was submitted' }),
  'estimated-end': Type.Optional(text),
  duration: Type.Object(
    { p50: Type.Optional(Type.Number()), p95: Type.Optional(Type.Number()) },
    { description: 'Seconds' },
  ),
  links: Type.Array(linkSchema),
});

/** A process in the list: the members of OGC API – Processes and those of WPS-T. */
export const processEntrySchema: TSchema = Type.Object({
  id: text,
  title: text,
  description: text,
  abstract: text,
  version: text,
  processVersion: text,
  keywords: Type.Unknown({ description: 'A text (WPS-T) or an array of texts (OGC), as the process was deployed' }),
  jobControlOptions: texts,
  outputTransmission: texts,
  immediateDeployment: Type.Enum(['true', 'false']),
  executionUnit: text,
  owsContextURL: text,
  mutable: Type.Boolean(),
  links: Type.Array(linkSchema),
});

/** A process described in both forms. */
export const processDescriptionSchema: TSchema = Type.Object({
  id: text,
  title: text,
  description: text,
  version: text,
  keywords: texts,
  jobControlOptions: texts,
  outputTransmission: texts,
  mutable: Type.Boolean(),
  links: Type.Array(linkSchema),
  inputs: anyObject,
  outputs: anyObject,
  process: Type.Object({}, { description: 'The description in the WPS-T form' }),
});

/** A job's status in the WPS-T form. */
export const wpsTStatusSchema: TSchema = Type.Object({
  jobID: text,
  status: Type.Enum(['accepted', 'running', 'succeeded', 'failed', 'dismissed']),
  message: text,
});

/** Responses of a route for its documentation: the given one, and the exceptions that it may answer. */
export function responses(
  success: Readonly<Record<number, TSchema>>,
  ...failures: readonly number[]
): Record<number, TSchema> {
  return { ...success, ...Object.fromEntries(failures.map((status) => [status, exceptionSchema])) };
}

/** An answer of which the documentation says no more than this. */
export function described(description: string): TSchema {
  return Type.Unknown({ description });
}
