import type { Engine } from '@daybook/search-engine';
import type { ApiResponse } from '../http/endpoint.ts';
import { nestSettings } from '../indices/settings.ts';
import type { JsonTree } from '../json/json.ts';
import { type NamedTemplate, overlappingTemplates } from './overlapping-templates.ts';
import { mergeComposable } from './template-for.ts';

/** What a composable template says with its components, and the templates that it overlaps. */
export function renderSimulation(engine: Engine, simulated: NamedTemplate): ApiResponse {
  const { mappings, settings, aliases } = mergeComposable(engine, simulated.template);
  const template = {
    settings: nestSettings(settings),
    ...(Object.keys(mappings).length === 0 ? {} : { mappings }),
    aliases,
  };
  const overlapping = overlappingTemplates(engine, simulated).map((other) => ({
    name: other.name,
    index_patterns: other.template.index_patterns,
  }));
  return { body: { template, overlapping } as unknown as { readonly [name: string]: JsonTree } };
}
