import type { Engine } from '@daybook/search-engine';
import type { JsonObject } from '../json/json.ts';
import { patternsOverlap } from '../wildcards/patterns-overlap.ts';
import { templateKinds } from './template-kinds.ts';

/** A template by its name. */
export interface NamedTemplate {
  readonly name: string;
  readonly template: JsonObject;
}

/** The templates besides this one that match a name which it matches too: legacy ones first, each kind by name. */
export function overlappingTemplates(engine: Engine, { name, template }: NamedTemplate): readonly NamedTemplate[] {
  return [templateKinds.legacy, templateKinds.composable].flatMap((kind) =>
    [...engine.metadata(kind)]
      .filter(
        ([other, existing]) => (kind !== templateKinds.composable || other !== name) && overlaps(template, existing),
      )
      .map(([other, existing]) => ({ name: other, template: existing }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

/** Whether some name is matched by both templates. */
export function overlaps(a: JsonObject, b: JsonObject): boolean {
  return patternsOf(a).some((pattern) => patternsOf(b).some((other) => patternsOverlap(pattern, other)));
}

function patternsOf(template: JsonObject): readonly string[] {
  return Array.isArray(template.index_patterns) ? template.index_patterns.map(String) : [];
}
