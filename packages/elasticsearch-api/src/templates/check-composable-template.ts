import type { Engine } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import type { JsonObject } from '../json/json.ts';
import { invalidTemplate } from './invalid-template.ts';
import { overlaps } from './overlapping-templates.ts';
import { templateKinds } from './template-kinds.ts';

/** Refuses a template whose components are missing, or that matches what another of the same priority matches. */
export function checkComposableTemplate(engine: Engine, name: string, template: JsonObject): void {
  checkComponents(engine, name, template);
  checkOverlaps(engine, name, template);
}

function checkComponents(engine: Engine, name: string, template: JsonObject): void {
  const components = engine.metadata(templateKinds.component);
  const missing = (template.composed_of as readonly string[]).filter((component) => !components.has(component));
  if (missing.length === 0) return;
  throw invalidTemplate(
    name,
    `index template [${name}] specifies component templates [${missing.join(', ')}] that do not exist`,
  );
}

/** Two templates of one priority must not match the same name: which of them counts would be chance. */
function checkOverlaps(engine: Engine, name: string, template: JsonObject): void {
  const priority = Number(template.priority ?? 0);
  const patterns = template.index_patterns as readonly string[];
  for (const [other, existing] of engine.metadata(templateKinds.composable)) {
    if (other === name || Number(existing.priority ?? 0) !== priority) continue;
    if (!overlaps(template, existing)) continue;
    const theirs = existing.index_patterns as readonly string[];
    throw illegalArgument(
      `index template [${name}] has index patterns [${patterns.join(', ')}] matching patterns from existing templates ` +
        `[${other}] with patterns (${other} => [${theirs.join(', ')}]) that have the same priority [${priority}], multiple ` +
        'index templates may not match during index creation, please use a different priority',
    );
  }
}
