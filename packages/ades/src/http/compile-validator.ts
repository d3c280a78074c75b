import { DaybookError } from '@daybook/errors';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Convert } from 'typebox/value';
import { showValue } from './show-value.ts';

/**
 * Compiles a route's schemas. Bodies are checked as they are; query parameters are text, so they are first converted to the type that
 * their schema asks for. A value that does not fit is refused by a message that names its place, the value and what was expected.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (given) => {
    const value = httpPart === 'querystring' ? Convert(schema, given) : given;
    if (compiled.Check(value)) return { value };
    const [first] = compiled.Errors(value);
    return { error: new DaybookError('invalid-argument', describe(httpPart, value, first)) };
  };
};

interface SchemaError {
  readonly instancePath: string;
  readonly message: string;
  readonly keyword: string;
  readonly params: object;
}

function describe(httpPart: string | undefined, value: unknown, error: SchemaError | undefined): string {
  const part = httpPart === 'querystring' ? 'query parameter' : (httpPart ?? 'value');
  if (error === undefined) return `The ${part} is not as its schema says`;
  const { place, found } = at(value, error.instancePath);
  const where = place === '' ? `The ${part}` : `${part} ${place}`;
  return `${where} ${expectation(error)}, not ${showValue(found)}`;
}

function expectation({ keyword, message, params }: SchemaError): string {
  if (keyword === 'enum' && 'allowedValues' in params) return `must be one of ${JSON.stringify(params.allowedValues)}`;
  return message;
}

/** The value at a JSON pointer, and the pointer as a programmer writes it: `labels[1]`. */
function at(value: unknown, pointer: string): { place: string; found: unknown } {
  let found = value;
  let place = '';
  for (const escaped of pointer.split('/').slice(1)) {
    const name = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    place += Array.isArray(found) ? `[${name}]` : `${place === '' ? '' : '.'}${name}`;
    found = (found as Readonly<Record<string, unknown>> | undefined)?.[name];
  }
  return { place, found };
}
