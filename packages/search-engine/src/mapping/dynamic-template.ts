import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { mapperParsingError, mappingError } from './mapping-errors.ts';
import { matchesSimplePattern } from './simple-pattern.ts';

/** What JSON shows of a value whose field is not mapped yet. */
export type DetectedType = 'object' | 'string' | 'long' | 'double' | 'boolean' | 'date' | 'binary';

const DETECTED_TYPES: readonly string[] = ['object', 'string', 'long', 'double', 'boolean', 'date', 'binary'];
const CONDITIONS = ['match', 'unmatch', 'path_match', 'path_unmatch', 'match_mapping_type'];
const PATTERNS = ['simple', 'regex'];
const PARAMETERS = [...CONDITIONS, 'match_pattern', 'mapping'];

/** The type that a dynamic field gets when no template says otherwise; `{dynamic_type}` stands for it. */
const DEFAULT_TYPES: Readonly<Record<DetectedType, string>> = {
  object: 'object',
  string: 'text',
  long: 'long',
  // compat: a JSON number with a point becomes a float, not a double.
  double: 'float',
  boolean: 'boolean',
  date: 'date',
  binary: 'binary',
};

/** Checks `dynamic_templates`; throws `mapper_parsing_exception`. */
export function parseDynamicTemplates(json: unknown): readonly JsonObject[] {
  if (json === undefined) return [];
  const wrong = 'Dynamic template syntax error. An array of named objects is expected.';
  if (!Array.isArray(json)) throw mapperParsingError(wrong);
  for (const template of json) {
    if (!isJsonObject(template) || Object.keys(template).length !== 1) throw mapperParsingError(wrong);
    const body = Object.values(template)[0];
    if (!isJsonObject(body)) throw mapperParsingError(wrong);
    checkTemplate(body);
  }
  return json as readonly JsonObject[];
}

function checkTemplate(body: JsonObject): void {
  const unknown = Object.keys(body).find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) {
    throw mappingError('illegal_argument_exception', `Illegal dynamic template parameter: [${unknown}]`);
  }
  if (!CONDITIONS.some((name) => body[name] !== undefined)) {
    throw mapperParsingError(`template must have match, path_match or match_mapping_type set ${javaText(body)}`);
  }
  if (!isJsonObject(body.mapping)) throw mapperParsingError('template must have mapping set');
  const type = body.match_mapping_type;
  if (type !== undefined && type !== '*' && !DETECTED_TYPES.includes(javaText(type))) {
    throw mappingError(
      'illegal_argument_exception',
      `No field type matched on [${javaText(type)}], possible values are [${DETECTED_TYPES.join(', ')}]`,
    );
  }
  if (body.match_pattern !== undefined && !PATTERNS.includes(javaText(body.match_pattern))) {
    throw mappingError(
      'illegal_argument_exception',
      `No matching pattern matched on [${javaText(body.match_pattern)}]`,
    );
  }
  if (body.match_pattern === 'regex') compileRegex(javaText(body.match ?? ''));
}

function compileRegex(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    throw mappingError(
      'illegal_argument_exception',
      `Pattern [${pattern}] of type [regex] is invalid. Cannot create dynamic template.`,
    );
  }
}

/** The mapping of the first template that takes the field, its placeholders filled; undefined when none does. */
export function mappingFromTemplates(
  templates: readonly JsonObject[],
  field: { readonly name: string; readonly path: string; readonly detected: DetectedType },
): JsonObject | undefined {
  for (const template of templates) {
    const body = Object.values(template)[0] as JsonObject;
    if (!templateTakes(body, field)) continue;
    const mapping = fill(body.mapping, field.name, DEFAULT_TYPES[field.detected]) as JsonObject;
    return mapping.type === undefined ? { type: DEFAULT_TYPES[field.detected], ...mapping } : mapping;
  }
  return undefined;
}

function templateTakes(
  body: JsonObject,
  field: { readonly name: string; readonly path: string; readonly detected: DetectedType },
): boolean {
  const regex = body.match_pattern === 'regex';
  const matches = (pattern: unknown, text: string): boolean =>
    regex ? compileRegex(javaText(pattern)).test(text) : matchesSimplePattern(javaText(pattern), text);
  if (body.path_match !== undefined && !matches(body.path_match, field.path)) return false;
  if (body.match !== undefined && !matches(body.match, field.name)) return false;
  if (body.path_unmatch !== undefined && matches(body.path_unmatch, field.path)) return false;
  if (body.unmatch !== undefined && matches(body.unmatch, field.name)) return false;
  const type = body.match_mapping_type;
  return type === undefined || type === '*' || type === field.detected;
}

function fill(value: unknown, name: string, dynamicType: string): unknown {
  if (typeof value === 'string') {
    return value
      .replaceAll('{name}', () => name)
      .replaceAll('{dynamic_type}', dynamicType)
      .replaceAll('{dynamicType}', dynamicType);
  }
  if (Array.isArray(value)) return value.map((element) => fill(element, name, dynamicType));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      fill(key, name, dynamicType) as string,
      fill(inner, name, dynamicType),
    ]),
  );
}
