import type { Settings } from './config/settings.ts';
import type { DataDir } from './data-dir.ts';
import type { Logger } from './log.ts';
import type { Part } from './parts/part.ts';

/** What to start, and with what. */
export interface StartOptions {
  readonly names: readonly Part['name'][];
  readonly settings: Settings;
  readonly dataDir: DataDir;
  readonly version: string;
  readonly log: Logger;
}
