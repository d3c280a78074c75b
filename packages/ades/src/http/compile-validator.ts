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
    const value = httpPart === 'querystring' ? convertQuery(schema, given) : given;
    if (compiled.Check(value)) return { value };
    return { error: new DaybookError('invalid-argument', describe(httpPart, value, compiled.Errors(value))) };
  };
};

const NUMBERS: Readonly<Record<string, RegExp>> = {
  integer: /^[-+]?\d+$/,
  number: /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i,
};

/** The types that the schema asks for; a text that is no such number stays one, so that `true` and 0.5 are not taken for integers. */
function convertQuery(schema: TSchema, given: unknown): unknown {
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, { readonly type?: string }>> };
  const query = given as Readonly<Record<string, unknown>>;
  const kept = Object.entries(query).filter(([name, value]) => {
    const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
    return NUMBERS[type ?? '']?.test(String(value)) === false;
  });
  return { ...(Convert(schema, given) as object), ...Object.fromEntries(kept) };
}

interface SchemaError {
  readonly instancePath: string;
  readonly message: string;
  readonly keyword: string;
  readonly params: object;
}

/** Speaks of the innermost value that does not fit; of alternatives, the one that came furthest is what was meant. */
function describe(httpPart: string | undefined, value: unknown, errors: readonly SchemaError[]): string {
  const depth = ({ instancePath }: SchemaError): number => instancePath.split('/').length;
  const innermost = errors.reduce<SchemaError | undefined>(
    (found, error) => (found === undefined || depth(error) > depth(found) ? error : found),
    undefined,
  );
  const part = httpPart === 'querystring' ? 'query parameter' : (httpPart ?? 'value');
  if (innermost === undefined) return `The ${part} is not as its schema says`;
  const { place, found } = at(value, innermost.instancePath);
  const expected = errors
    .filter(({ instancePath, keyword }) => instancePath === innermost.instancePath && keyword !== 'anyOf')
    .map(expectation);
  const where = place === '' ? `The ${part}` : `${part} ${place}`;
  return `${where} ${[...new Set(expected)].join(' or ')}, not ${showValue(found)}`;
}

function expectation({ keyword, message, params }: SchemaError): string {
  if (keyword === 'enum' && 'allowedValues' in params) return `must be one of ${JSON.stringify(params.allowedValues)}`;
  if (keyword === 'required' && 'requiredProperties' in params) return `must have ${String(params.requiredProperties)}`;
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
