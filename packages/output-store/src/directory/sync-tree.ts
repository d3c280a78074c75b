import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '@daybook/durable-log';

/** Makes the entries of a directory and of every directory below it durable; the files' bytes are synced by whoever wrote them. */
export async function syncTree(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      await syncTree(join(directory, entry.name));
    }
  }
  await syncDirectory(directory);
}
