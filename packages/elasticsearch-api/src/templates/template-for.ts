import type { Engine } from '@daybook/search-engine';
import { flattenSettings } from '../indices/settings.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { mergeMappings } from './merge-mappings.ts';
import type { NamedTemplate } from './overlapping-templates.ts';
import { templateKinds } from './template-kinds.ts';

/** What templates say about a new index; settings are flat. */
export interface MergedTemplate {
  readonly mappings: JsonObject;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly aliases: Readonly<Record<string, JsonObject>>;
}

const nothing: MergedTemplate = { mappings: {}, settings: {}, aliases: {} };

/**
 * Merges the templates whose patterns match a name. A composable template counts alone, the one of the highest priority, over
 * its components in their order; only where there is none do legacy templates count, all of them, in their order.
 */
export function templateFor(engine: Engine, indexName: string): MergedTemplate {
  const composable = composableFor(engine.metadata(templateKinds.composable), indexName);
  if (composable !== undefined) return mergeComposable(engine, composable.template);
  return [...engine.metadata(templateKinds.legacy).values()]
    .filter((template) => matchesTemplate(template, indexName))
    .sort((a, b) => Number(a.order ?? 0) - Number(b.order ?? 0))
    .reduce(lay, nothing);
}

/** The composable template of the highest priority whose patterns match a name. */
export function composableFor(
  templates: ReadonlyMap<string, JsonObject>,
  indexName: string,
): NamedTemplate | undefined {
  const [first] = [...templates]
    .filter(([, template]) => matchesTemplate(template, indexName))
    .sort(([, a], [, b]) => Number(b.priority ?? 0) - Number(a.priority ?? 0));
  return first && { name: first[0], template: first[1] };
}

/** A composable template with its components, whatever it matches. */
export function mergeComposable(engine: Engine, template: JsonObject): MergedTemplate {
  const components = engine.metadata(templateKinds.component);
  const names = Array.isArray(template.composed_of) ? template.composed_of.map(String) : [];
  return [...names.map((name) => components.get(name)?.template), template.template].reduce<MergedTemplate>(
    lay,
    nothing,
  );
}

function matchesTemplate(template: JsonObject, indexName: string): boolean {
  const patterns = Array.isArray(template.index_patterns) ? template.index_patterns : [];
  return patterns.some((pattern) => matchesPattern(String(pattern), indexName));
}

function lay(under: MergedTemplate, over: unknown): MergedTemplate {
  if (!isJsonObject(over)) return under;
  const { mappings, aliases } = over;
  return {
    mappings: isJsonObject(mappings) ? mergeMappings(under.mappings, mappings) : under.mappings,
    settings: { ...under.settings, ...flattenSettings(over.settings) },
    aliases: isJsonObject(aliases) ? { ...under.aliases, ...(aliases as Record<string, JsonObject>) } : under.aliases,
  };
}
