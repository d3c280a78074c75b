import { DaybookError } from '@daybook/errors';
import type { Index, StoredDocument } from '@daybook/search-engine';
import { versionConflict } from './version-conflict.ts';
import { parseVersionType } from './write-parameters.ts';

/** Throws `conflict` if a document that is read has not the version that was asked for. Whatever the type, it has to be equal. */
export function checkVersion(
  index: Index,
  document: StoredDocument | undefined,
  version: number | undefined,
  versionType: string | undefined,
): void {
  if (versionType !== undefined) parseVersionType(versionType);
  if (document === undefined || version === undefined || version === document.version) return;
  const message = `current version [${document.version}] is different than the one provided [${version}]`;
  throw versionConflict(
    index,
    document,
    new DaybookError('conflict', `[${document.id}]: version conflict, ${message}`),
  );
}
