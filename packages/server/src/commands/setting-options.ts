import type { Command } from 'commander';
import { loadSettings } from '../config/load-settings.ts';
import { type SettingName, type Settings, settings } from '../config/settings.ts';

/** Gives a command the flags of settings, and `--config`. */
export function addSettingOptions(command: Command, names: readonly SettingName[]): Command {
  command.option('--config <FILE>', 'config file (default: daybook.yaml in this folder, if there is one)');
  for (const name of names) {
    const { value, description, default: fallback } = settings[name];
    const shown = fallback === undefined || typeof fallback === 'object' ? '' : ` (default: ${fallback})`;
    command.option(`--${name} <${value}>`, `${description}${shown}`);
  }
  return command;
}

/** The settings that a command's flags, the environment and the config file say. */
export function settingsOf(options: Record<string, unknown>): Settings {
  return loadSettings({ flags: byName(options), environment: process.env });
}

/** Commander gives `dataDir` for `--data-dir`. */
function byName(options: Record<string, unknown>): Record<string, unknown> {
  const names = [...(Object.keys(settings) as SettingName[]), 'config'];
  return Object.fromEntries(
    names.map((name) => [name, options[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]]),
  );
}
