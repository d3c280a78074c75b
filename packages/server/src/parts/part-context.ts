import type { PartHealth } from '@daybook/ades';
import type { S3Client } from '@daybook/aws-client';
import type { OutputStore } from '@daybook/output-store';
import type { Settings } from '../config/settings.ts';
import type { Connections } from '../connections.ts';
import type { DataDir } from '../data-dir.ts';
import type { Logger } from '../log.ts';
import type { CwltoolKeeper } from './cwltool-keeper.ts';

/** What the parts work with that talk to the database and the bus. */
export interface PartContext {
  readonly settings: Settings;
  readonly dataDir: DataDir;
  readonly version: string;
  readonly log: Logger;
  readonly connections: Connections;
  readonly outputStore: OutputStore;
  /** Where the settings ask for one. */
  readonly s3: S3Client | undefined;
  readonly cwltool: CwltoolKeeper;
  /** Health of every part that this process runs. */
  readonly health: () => Promise<readonly PartHealth[]>;
}
