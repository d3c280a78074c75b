import { isDaybookError } from '@daybook/errors';
import type { Engine } from '@daybook/search-engine';
import { illegalArgument, unsupported } from '../../errors/errors.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';
import { checkTogether } from './check-together.ts';
import { isUnsupportedSetting, typeOfSetting } from './dynamic-settings.ts';
import { type EffectiveSettings, effectiveSettings } from './effective-settings.ts';
import { fixedSettings } from './fixed-settings.ts';
import { type SettingChanges, type SettingValue, type SettingValues, textOf } from './flatten-settings.ts';

/** The two sets of settings. Persistent ones are kept; transient ones go before them until the server ends. */
export type SettingsScope = 'persistent' | 'transient';

/** What is changed of both scopes at once. */
export type ScopedChanges = Readonly<Record<SettingsScope, SettingChanges>>;

const kind = 'cluster_settings';
const archived = 'archived.';
/** Of one scope: names of loggers, attributes and metadata are the user's. */
const maxSettings = 1000;
const maxNameLength = 255;
const maxTextLength = 10_000;

/** The settings of the cluster, which every user may change. What the system itself does is not bound by them. */
export class ClusterSettings {
  readonly #engine: Engine;
  #persistent: SettingValues;
  #transient: SettingValues = {};
  #forUsers: EffectiveSettings;
  #forSystem: EffectiveSettings;

  /** Reads what is kept. Settings that are not known any more are answered with `archived.` before their names, and have no effect. */
  constructor(engine: Engine) {
    this.#engine = engine;
    this.#persistent = keptSettings(engine);
    [this.#forUsers, this.#forSystem] = this.#effective();
  }

  values(scope: SettingsScope): SettingValues {
    return scope === 'persistent' ? this.#persistent : this.#transient;
  }

  /** What holds for a caller. */
  of(caller: 'user' | 'system'): EffectiveSettings {
    return caller === 'system' ? this.#forSystem : this.#forUsers;
  }

  /** Changes both scopes, or throws `invalid-argument` and changes nothing. Durable when it resolves. */
  async change(changes: ScopedChanges): Promise<Readonly<Record<SettingsScope, SettingValues>>> {
    const transient = changed(this.#transient, changes.transient, 'transient');
    const persistent = changed(this.#persistent, changes.persistent, 'persistent');
    checkTogether({ ...persistent, ...transient });
    const isWritten = changes.persistent.size > 0;
    const written = isWritten ? this.#engine.updateMetadata(kind, new Map([['persistent', persistent]])) : undefined;
    this.#persistent = persistent;
    this.#transient = transient;
    try {
      await written;
    } catch (error) {
      this.#persistent = keptSettings(this.#engine);
      throw error;
    } finally {
      [this.#forUsers, this.#forSystem] = this.#effective();
    }
    return { persistent: setBy(changes.persistent), transient: setBy(changes.transient) };
  }

  #effective(): [EffectiveSettings, EffectiveSettings] {
    const forUsers = effectiveSettings({ ...this.#persistent, ...this.#transient });
    const defaults = effectiveSettings({});
    // However many scrolls users hold, there is room for the system's.
    return [forUsers, { ...defaults, maxOpenScrolls: forUsers.maxOpenScrolls + defaults.maxOpenScrolls }];
  }
}

function keptSettings(engine: Engine): SettingValues {
  const kept = Object.entries(engine.metadata(kind).get('persistent') ?? {}) as [string, SettingValue][];
  return Object.fromEntries(kept.map(([name, value]) => [archivedName(name, value), value]));
}

function archivedName(name: string, value: SettingValue): string {
  if (name.startsWith(archived)) return name;
  try {
    check(name, value, 'persistent');
    return name;
  } catch (error) {
    if (isDaybookError(error)) return `${archived}${name}`;
    throw error;
  }
}

function changed(values: SettingValues, changes: SettingChanges, scope: SettingsScope): SettingValues {
  const result = new Map(Object.entries(values));
  for (const [name, value] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value !== null) {
      check(name, value, scope);
      result.set(name, value);
    } else if (name.includes('*')) {
      for (const known of result.keys()) if (matchesPattern(name, known) && !changes.get(known)) result.delete(known);
    } else if (!result.delete(name) && !isUnsupportedSetting(name)) checkName(name, scope);
  }
  if (result.size > maxSettings) throw illegalArgument(`at most [${maxSettings}] ${scope} settings can be set`);
  return Object.fromEntries(result);
}

function check(name: string, value: SettingValue, scope: SettingsScope): void {
  const type = checkName(name, scope);
  const given = textOf(value);
  if (name.length > maxNameLength || given.length > maxTextLength) {
    throw illegalArgument(
      `a setting takes at most [${maxTextLength}] characters, and its name at most [${maxNameLength}]`,
    );
  }
  type?.(given, name);
}

function checkName(name: string, scope: SettingsScope): ReturnType<typeof typeOfSetting> {
  if (fixedSettings.has(name)) throw illegalArgument(`${scope} setting [${name}], not dynamically updateable`);
  if (isUnsupportedSetting(name)) throw unsupported(`the setting [${name}]`);
  const type = typeOfSetting(name);
  if (type === undefined) throw illegalArgument(`${scope} setting [${name}], not recognized`);
  return type;
}

function setBy(changes: SettingChanges): SettingValues {
  return Object.fromEntries([...changes].filter((entry): entry is [string, SettingValue] => entry[1] !== null));
}
