import { DaybookError } from '@daybook/errors';
import type { AliasChanges, Engine, Index } from '@daybook/search-engine';
import type { JsonObject } from '../json/json.ts';
import { mergeMappings } from '../templates/merge-mappings.ts';
import { templateFor } from '../templates/template-for.ts';
import { checkAliases } from './alias-definition.ts';
import { checkNewSettings, checkShardLayout } from './check-settings.ts';
import { resolveDateMathName } from './date-math-name.ts';
import { checkIndexName, invalidIndexName } from './index-name.ts';
import { flattenSettings, nestSettings, providedName } from './settings.ts';

/** What a request says about a new index. */
export interface IndexBody {
  readonly mappings?: JsonObject;
  readonly settings?: JsonObject;
  readonly aliases?: Readonly<Record<string, JsonObject>>;
}

/**
 * Creates an index from what its templates say and, above that, what the request says, and changes aliases with it, of this index and others. Durable
 * when it resolves.
 */
export async function createIndexWithTemplates(
  engine: Engine,
  expression: string,
  body: IndexBody,
  aliasChanges?: AliasChanges,
): Promise<Index> {
  const name = resolveDateMathName(expression);
  checkNewIndexName(engine, name);
  const template = templateFor(engine, name);
  const settings = { ...template.settings, ...flattenSettings(body.settings) };
  checkNewSettings(settings);
  checkShardLayout(name, settings);
  const aliases = { ...template.aliases, ...body.aliases };
  checkAliases(engine, aliases);
  const mappings = mergeMappings(template.mappings, body.mappings ?? {});
  const named = name === expression ? settings : { ...settings, [providedName]: expression };
  return engine.createIndex(name, { mappings, settings: nestSettings(named), aliases }, aliasChanges);
}

/** Refuses what cannot be the name of a new index, since it is no name or taken. */
export function checkNewIndexName(engine: Engine, name: string): void {
  checkIndexName(name);
  const existing = engine.index(name);
  if (existing !== undefined) throw alreadyExists(existing);
  if (engine.indices().some((index) => Object.hasOwn(index.aliases(), name))) {
    throw invalidIndexName(name, 'already exists as alias');
  }
}

function alreadyExists(index: Index): DaybookError {
  return new DaybookError('already-exists', `index [${index.name}/${index.uuid}] already exists`, {
    detail: {
      reason: 'resource_already_exists_exception',
      properties: { index_uuid: index.uuid, index: index.name },
    },
  });
}
