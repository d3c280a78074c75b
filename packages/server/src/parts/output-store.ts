import type { PartHealth } from '@daybook/ades';
import type { S3Client } from '@daybook/aws-client';
import { type OutputStore, openOutputStore, openS3OutputStore } from '@daybook/output-store';
import type { Settings } from '../config/settings.ts';
import type { DataDir } from '../data-dir.ts';
import type { Logger } from '../log.ts';

const S3_PLACE = /^s3:\/\/([^/]+)\/?(.*)$/s;

/** Opens the store that the settings name. One in S3 that cannot be used now is logged, and may be mended while everything runs. */
export async function openConfiguredStore(
  settings: Settings,
  dataDir: DataDir,
  s3: S3Client | undefined,
  log: Logger,
): Promise<OutputStore> {
  const [, bucket, prefix = ''] = S3_PLACE.exec(settings['output-store'] ?? '') ?? [];
  if (bucket === undefined || s3 === undefined) return openOutputStore({ root: dataDir.outputs });
  const store = openS3OutputStore({ client: s3, bucket, prefix, log: (message) => log.warn(message) });
  store.check().catch((error: Error) => log.error(error.message));
  return store;
}

/** Whether jobs can be stored now. */
export async function storeHealth(store: OutputStore): Promise<PartHealth> {
  try {
    await store.check();
    return { name: 'output-store', status: 'ready', detail: store.url };
  } catch (error) {
    return { name: 'output-store', status: 'waiting', detail: error instanceof Error ? error.message : store.url };
  }
}
