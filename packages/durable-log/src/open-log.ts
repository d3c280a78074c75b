import { DaybookError } from '@daybook/errors';
import type { Log, LogOptions } from './log.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { recover } from './recover.ts';
import { SegmentLog } from './segment-log.ts';

const DEFAULT_SEGMENT_BYTES = 128 * 1024 * 1024;

/**
 * Opens the log of a directory, which is made when it is missing, after replaying what it holds. One log at a time may be open
 * in a directory; the owner of the data directory sees to that with `lockDirectory`.
 */
export async function openLog(options: LogOptions): Promise<Log> {
  const {
    directory,
    segmentBytes = DEFAULT_SEGMENT_BYTES,
    durability = 'request',
    fileSystem = nodeFileSystem,
    onDiskFull = () => undefined,
  } = options;
  if (!Number.isSafeInteger(segmentBytes) || segmentBytes < 1) {
    throw new DaybookError('invalid-argument', `segmentBytes is ${segmentBytes}; expected a positive whole number`);
  }
  await fileSystem.makeDirectory(directory);
  const recovered = await recover(options, fileSystem);
  return new SegmentLog({ directory, segmentBytes, durability, fileSystem, onDiskFull }, recovered);
}
