import type { JsonSchema, ParameterDescription } from '@daybook/cwl';

/** Shorter than the age from which a job that nobody runs is ended. */
const MAX_PAUSE_SECONDS = 60;

const BBOX: JsonSchema = {
  allOf: [
    { type: 'object', format: 'ogc-bbox' },
    {
      type: 'object',
      required: ['bbox'],
      properties: {
        bbox: {
          type: 'array',
          items: { type: 'number' },
          oneOf: [
            { minItems: 4, maxItems: 4 },
            { minItems: 6, maxItems: 6 },
          ],
        },
        crs: { type: 'string' },
      },
    },
  ],
};

const optional = { minOccurs: 0, maxOccurs: 1 } as const;

/**
 * Inputs of every kind that OGC API – Processes Part 1 has. The required text comes first, as its conformance suite takes the first input for
 * the one to echo.
 */
export const ECHO_INPUTS: Readonly<Record<string, ParameterDescription>> = {
  text: { title: 'A text', schema: { type: 'string' }, minOccurs: 1, maxOccurs: 1, mediaType: 'text/plain' },
  pause: {
    title: 'Seconds to wait before the end',
    schema: { type: 'integer', minimum: 0, maximum: MAX_PAUSE_SECONDS },
    ...optional,
    mediaType: 'text/plain',
  },
  integers: {
    title: 'An array of integers',
    schema: { type: 'array', items: { type: 'integer' } },
    ...optional,
    mediaType: 'application/json',
  },
  bbox: { title: 'A bounding box', schema: BBOX, ...optional, mediaType: 'application/json' },
  mixed: {
    title: 'XML, or an object',
    schema: { oneOf: [{ type: 'string', contentMediaType: 'application/xml' }, { type: 'object' }] },
    ...optional,
    mediaType: 'application/xml',
  },
  image: {
    title: 'An image in base64, or a link to one',
    schema: { type: 'string', contentEncoding: 'binary', contentMediaType: 'image/tiff' },
    ...optional,
    mediaType: 'image/tiff',
  },
};
