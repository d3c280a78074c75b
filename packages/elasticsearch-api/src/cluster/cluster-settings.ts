import type { Engine } from '@daybook/search-engine';
import type { JsonObject } from '../json/json.ts';

/** Two sets of settings, as Elasticsearch has them; both outlive a restart here. */
export type SettingsScope = 'persistent' | 'transient';

const kind = 'cluster_settings';

/** The settings of the cluster under their full names; they are kept and answered, and steer nothing. */
export function clusterSettings(engine: Engine, scope: SettingsScope): JsonObject {
  return engine.metadata(kind).get(scope) ?? {};
}

/** Lays changes over what stands; null removes a setting. Durable when the promise resolves. */
export async function changeClusterSettings(engine: Engine, scope: SettingsScope, changes: JsonObject): Promise<void> {
  const merged = Object.entries({ ...clusterSettings(engine, scope), ...changes }).filter(
    ([, value]) => value !== null,
  );
  await engine.putMetadata(kind, scope, Object.fromEntries(merged));
}
