import { exceptionSchema } from './schemas.ts';

/** A route's schema and path as they are documented. */
interface Documented {
  // biome-ignore lint/suspicious/noExplicitAny: the plugin hands over schemas of any form
  readonly schema: any;
  readonly url: string;
  readonly route: { readonly method: string | readonly string[] };
}

type Answer = Readonly<Record<string, unknown>>;

const NO_CONTENT = '204';

const HTML = { 'text/html': { schema: { type: 'string' } } };

/**
 * Completes what the API's definition says of a route: GET has each JSON answer as a page too; an answer without a type may be of any media type; every request may be
 * malformed. A path that may be longer has a name for its rest.
 */
// biome-ignore lint/suspicious/noExplicitAny: the plugin hands over schemas of any form
export function documentAnswers({ schema, url, route }: Documented): { schema: any; url: string } {
  if (schema?.response === undefined || schema.hide === true) return { schema, url };
  const isGet = [route.method].flat().includes('GET');
  const answers = Object.entries<Answer>({ 400: exceptionSchema, ...schema.response });
  const response = Object.fromEntries(
    answers.map(([status, answer]) => [
      status,
      status === NO_CONTENT ? withoutContent(answer) : withMediaTypes(answer, isGet),
    ]),
  );
  if (!url.endsWith('/*')) return { schema: { ...schema, response }, url };
  const rest = { type: 'string', description: 'May have slashes' };
  const properties = { ...schema.params?.properties, rest };
  const params = { type: 'object', required: Object.keys(properties), properties };
  return { schema: { ...schema, response, params }, url: url.replace(/\*$/, ':rest') };
}

function withoutContent({ description = 'No content' }: Answer): Answer {
  return { description, type: 'null' };
}

function withMediaTypes(answer: Answer, isGet: boolean): Answer {
  const { description = 'Default Response', ...schema } = answer;
  const isTyped = Object.keys(schema).some((name) => !name.startsWith('~'));
  const content = isTyped ? { 'application/json': { schema: answer }, ...(isGet && HTML) } : { '*/*': { schema: {} } };
  return { description, content };
}
