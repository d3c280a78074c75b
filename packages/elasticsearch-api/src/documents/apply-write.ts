import { isDaybookError } from '@daybook/errors';
import type { Index } from '@daybook/search-engine';
import type { AppliedWrite } from './applied-write.ts';
import { applyUpdate } from './apply-update.ts';
import { checkDocumentSize } from './document-size.ts';
import type { DocumentWrite } from './document-write.ts';
import { versionConflict } from './version-conflict.ts';

/** Applies one write to its index. It is durable once the engine has committed. */
export function applyWrite(index: Index, write: DocumentWrite): AppliedWrite {
  try {
    if (write.action === 'update') return applyUpdate(index, write);
    const { ifSeqNo, ifPrimaryTerm, version, versionType, routing } = write;
    const condition = {
      ...(ifSeqNo === undefined ? {} : { ifSeqNo }),
      ...(ifPrimaryTerm === undefined ? {} : { ifPrimaryTerm }),
      ...(version === undefined ? {} : { version }),
      ...(versionType === undefined ? {} : { versionType }),
    };
    if (write.action === 'delete') {
      return { result: index.write({ ...condition, type: 'delete', id: write.id ?? '', routing }) };
    }
    const source = write.source ?? new Uint8Array();
    checkDocumentSize(source);
    const id = write.id === undefined ? {} : { id: write.id };
    const { prepared } = write;
    return { result: index.write({ ...condition, ...id, type: write.action, source, prepared, routing }) };
  } catch (error) {
    if (isDaybookError(error, 'conflict')) throw versionConflict(index, write, error);
    throw error;
  }
}
