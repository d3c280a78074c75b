import type { Command } from 'commander';
import { type SettingName, settings } from '../config/settings.ts';
import type { PartName } from '../run.ts';
import { addSettingOptions, settingsOf } from './setting-options.ts';

/** Makes a command start these parts, and stay. */
export function configureParts(command: Command, parts: readonly PartName[], version: string): void {
  addSettingOptions(command, Object.keys(settings) as SettingName[]);
  command.action(async (options: Record<string, unknown>) => {
    // Loaded when it is needed, since "--help" has no use for the servers.
    const { run } = await import('../run.ts');
    await run(parts, settingsOf(options), version);
  });
}
