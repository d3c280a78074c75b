import { parseDynamicTemplates } from './dynamic-template.ts';
import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { mapperParsingError, mappingError } from './mapping-errors.ts';
import type { RootParameters } from './mapping-tree.ts';
import { booleanOf } from './parameter.ts';

const DEFAULT_DATE_FORMATS = ['strict_date_optional_time', 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis'];
const OBJECT_PARAMETERS = ['properties', 'dynamic', 'enabled', 'type'];
/** In the order in which they are shown. */
const ROOT_NAMES = [
  'dynamic',
  '_meta',
  '_source',
  '_routing',
  '_size',
  'dynamic_date_formats',
  'dynamic_templates',
  'date_detection',
  'numeric_detection',
];

/** What stands beside the properties of a mapping that is merged into another. */
export function mergeRootParameters(before: RootParameters, json: JsonObject): RootParameters {
  checkRouting(json);
  const was = isRoutingRequired(before.given._routing);
  const is = json._routing === undefined ? was : isRoutingRequired(json._routing);
  if (was !== is) {
    throw mappingError(
      'illegal_argument_exception',
      `Mapper for [_routing] conflicts with existing mapper:\n\tCannot update parameter [required] from [${was}] to [${is}]`,
    );
  }
  return parseRootParameters(json, before);
}

/** Refuses what a mapping cannot say of routing values. Earlier versions kept it as it came. */
export function checkRouting({ _routing: routing }: JsonObject): void {
  if (routing === undefined) return;
  // compat: the message is that of another meta field.
  if (!isJsonObject(routing)) {
    throw mappingError('illegal_argument_exception', '[_parent] must be an object containing [type]');
  }
  const unknown = Object.keys(routing).find((name) => name !== 'required');
  if (unknown !== undefined) {
    throw mapperParsingError(`unknown parameter [${unknown}] on mapper [_routing] of type [null]`);
  }
  if (routing.required !== undefined) booleanOf(routing.required);
}

function isRoutingRequired(routing: unknown): boolean {
  return isJsonObject(routing) && (routing.required === true || routing.required === 'true');
}

/** Reads what stands beside the properties; parameters that are not given keep their value of `before`. */
export function parseRootParameters(json: JsonObject, before?: RootParameters): RootParameters {
  const unknown = Object.entries(json).filter(
    ([name]) => !OBJECT_PARAMETERS.includes(name) && !ROOT_NAMES.includes(name),
  );
  if (unknown.length > 0) {
    const shown = unknown.map(([name, value]) => ` [${name} : ${javaText(value)}]`).join('');
    throw mapperParsingError(`Root mapping definition has unsupported parameters: ${shown}`);
  }
  const given: Record<string, unknown> = {};
  for (const name of ROOT_NAMES) {
    const value = json[name] ?? before?.given[name];
    if (value !== undefined) given[name] = name === 'dynamic' ? javaText(value) : value;
  }
  if (isRoutingRequired(given._routing)) given._routing = { required: true };
  else delete given._routing;
  const formats = given.dynamic_date_formats;
  return {
    dateDetection: given.date_detection === undefined || booleanOf(given.date_detection),
    numericDetection: given.numeric_detection !== undefined && booleanOf(given.numeric_detection),
    dynamicDateFormats:
      formats === undefined
        ? DEFAULT_DATE_FORMATS
        : Array.isArray(formats)
          ? formats.map(javaText)
          : [javaText(formats)],
    dynamicTemplates: parseDynamicTemplates(given.dynamic_templates),
    sourceEnabled: parseSourceEnabled(given._source),
    given,
  };
}

function parseSourceEnabled(source: unknown): boolean {
  if (source === undefined) return true;
  if (!isJsonObject(source)) throw mapperParsingError(`[_source] must be an object, got [${javaText(source)}]`);
  return source.enabled === undefined || booleanOf(source.enabled);
}
