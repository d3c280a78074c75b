import { existsSync, readFileSync } from 'node:fs';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { parse as parseYaml } from 'yaml';
import { environmentVariable, type SettingName, type Settings, settings } from './settings.ts';

const DEFAULT_FILE = 'daybook.yaml';

/** Where settings come from; the first that names a setting wins: flags, then environment, then file, then defaults. */
export interface SettingSources {
  /** By setting name; values that a command did not get are absent. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads all settings. A wrong one is `invalid-argument`, and the message says which, where it stood, and what was expected. */
export function loadSettings(sources: SettingSources): Settings {
  const file = readConfigFile(sources);
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const variable = environmentVariable(name);
    const fromEnvironment = sources.environment[variable];
    if (sources.flags[name] !== undefined) values[name] = read(name, `--${name}`, sources.flags[name]);
    else if (fromEnvironment !== undefined && fromEnvironment !== '')
      values[name] = read(name, variable, fromEnvironment);
    else if (file.values[name] !== undefined) values[name] = read(name, `${name} in ${file.path}`, file.values[name]);
    else values[name] = settings[name].default;
  }
  return values as Settings;
}

function read(name: SettingName, place: string, value: unknown): unknown {
  try {
    return settings[name].parse(value);
  } catch (error) {
    if (isDaybookError(error)) throw new DaybookError(error.code, `${place}: ${error.message}`);
    throw error;
  }
}

function readConfigFile(sources: SettingSources): { path: string; values: Record<string, unknown> } {
  const named = sources.flags.config ?? sources.environment[environmentVariable('config')];
  const path = typeof named === 'string' && named !== '' ? named : DEFAULT_FILE;
  if (!existsSync(path)) {
    if (path === named) throw new DaybookError('not-found', `config file ${path}: there is no such file`);
    return { path, values: {} };
  }
  const values = parseConfig(path);
  const unknown = Object.keys(values).find((name) => !(name in settings));
  if (unknown !== undefined)
    throw new DaybookError('invalid-argument', `${path}: there is no setting called ${unknown}`);
  return { path, values };
}

function parseConfig(path: string): Record<string, unknown> {
  let values: unknown;
  try {
    values = parseYaml(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new DaybookError(
      'invalid-argument',
      `config file ${path}: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values as Record<string, unknown>;
  throw new DaybookError('invalid-argument', `config file ${path}: expected lines of the form "name: value"`);
}
