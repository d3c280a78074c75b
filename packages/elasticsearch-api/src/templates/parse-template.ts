import { contentParseError, illegalArgument, parseError, validationFailed } from '../errors/errors.ts';
import { checkIndexRouting, parseAliasDefinitions } from '../indices/alias-definition.ts';
import { mappingOf } from '../indices/mapping-type.ts';
import { flattenSettings, nestSettings } from '../indices/settings.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { readOptions } from '../query-dsl/option-readers.ts';

/** Reads a legacy template into the form in which it is kept and answered. */
export function parseLegacyTemplate(
  body: JsonObject,
  parameters: { readonly order?: number; readonly include_type_name?: boolean },
): JsonObject {
  const kinds = {
    index_patterns: 'strings',
    template: 'strings',
    order: 'integer',
    version: 'integer',
    settings: 'any',
    mappings: 'any',
    aliases: 'any',
  } as const;
  const options = readOptions('template', body, kinds, (name) => parseError(`unknown key [${name}] in the template `));
  const content = parseContent(options);
  return defined({
    order: options.order ?? parameters.order ?? 0,
    version: options.version,
    index_patterns: legacyPatternsOf(options.index_patterns ?? options.template),
    ...content,
    mappings: mappingOf(content.mappings, parameters.include_type_name),
  });
}

/** Reads a composable template. */
export function parseComposableTemplate(body: JsonObject): JsonObject {
  const kinds = {
    index_patterns: 'strings',
    template: 'any',
    composed_of: 'strings',
    priority: 'integer',
    version: 'integer',
    _meta: 'any',
    data_stream: 'any',
    allow_auto_create: 'boolean',
  } as const;
  const options = readOptions('index_template', body, kinds, unknownField('index_template'));
  if (options.data_stream !== undefined) throw illegalArgument('data streams are not supported by this server');
  if (options.priority !== undefined && options.priority < 0)
    throw illegalArgument('index template priority must be >= 0');
  return defined({
    index_patterns: patternsOf(options.index_patterns),
    template: options.template === undefined ? undefined : parseInner(options.template),
    composed_of: options.composed_of ?? [],
    priority: options.priority,
    version: options.version,
    _meta: options._meta,
    allow_auto_create: options.allow_auto_create,
  });
}

/** Reads a component template. */
export function parseComponentTemplate(body: JsonObject): JsonObject {
  const kinds = { template: 'any', version: 'integer', _meta: 'any', allow_auto_create: 'ignored' } as const;
  const options = readOptions('component_template', body, kinds, unknownField('component_template'));
  if (options.template === undefined) throw illegalArgument('Required [template]');
  return defined({ template: parseInner(options.template), version: options.version, _meta: options._meta });
}

function parseInner(given: unknown): JsonObject {
  if (!isJsonObject(given)) throw contentParseError(`[template] must be an object, found [${tokenOf(given)}]`);
  const kinds = { settings: 'any', mappings: 'any', aliases: 'any' } as const;
  const options = readOptions('template', given, kinds, unknownField('template'));
  const { settings, mappings, aliases } = parseContent(options);
  return defined({
    settings: options.settings === undefined ? undefined : settings,
    mappings: options.mappings === undefined ? undefined : mappings,
    aliases: options.aliases === undefined ? undefined : aliases,
  });
}

function parseContent(options: { readonly settings: unknown; readonly mappings: unknown; readonly aliases: unknown }): {
  readonly settings: JsonObject;
  readonly mappings: JsonObject;
  readonly aliases: JsonObject;
} {
  const { mappings = {} } = options;
  if (!isJsonObject(mappings)) throw parseError(`key [mappings] must be an object, found [${tokenOf(mappings)}]`);
  return {
    settings: nestSettings(flattenSettings(options.settings)),
    mappings,
    aliases: checkedAliases(options.aliases),
  };
}

function legacyPatternsOf(patterns: readonly string[] | undefined): readonly string[] {
  if (patterns !== undefined && patterns.length > 0) return patterns;
  throw validationFailed('index patterns are missing');
}

function patternsOf(patterns: readonly string[] | undefined): readonly string[] {
  if (patterns === undefined || patterns.length === 0) throw illegalArgument('Required [index_patterns]');
  return patterns;
}

function unknownField(parser: string): (name: string) => Error {
  return (name) => contentParseError(`[${parser}] unknown field [${name}]`);
}

function checkedAliases(given: unknown): Readonly<Record<string, JsonObject>> {
  const aliases = parseAliasDefinitions(given);
  checkIndexRouting(aliases);
  return aliases;
}
