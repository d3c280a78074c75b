import { join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import type { FileSystem, LogFile } from './file-system.ts';
import type { LogOptions, LogPosition } from './log.ts';
import {
  encodeSegmentHeader,
  isTornSegmentHeader,
  parseSegmentFileName,
  readSegmentVersion,
  SEGMENT_HEADER_BYTES,
  segmentFileName,
} from './segment-format.ts';
import { scanRecords } from './segment-reader.ts';
import { wasSynced } from './sync-mark.ts';
import { readFully, startOfZeros, writeFully } from './transfer.ts';

/** A segment as recovery left it: intact and synced to its last byte. */
export interface RecoveredSegment {
  readonly segment: number;
  readonly path: string;
  readonly file: LogFile;
  readonly bytes: number;
  /** Of the segment's format. */
  readonly version: number;
}

/**
 * Replays the segments of a directory, oldest first, and repairs the tail of the newest as FORMAT.md says. A position of the log
 * that `from` names and that is not there is `corrupt`: whoever kept it was promised that it was durable.
 */
export async function recover(options: LogOptions, fileSystem: FileSystem): Promise<RecoveredSegment[]> {
  const { directory, from } = options;
  const numbers = (await fileSystem.list(directory)).flatMap((name) => parseSegmentFileName(name) ?? []);
  numbers.sort((a, b) => a - b);
  if (from !== undefined && !numbers.includes(from.segment)) throw missingStart(directory, from);

  const recovered: RecoveredSegment[] = [];
  try {
    for (const segment of numbers) {
      const path = join(directory, segmentFileName(segment));
      const file = fileSystem.open(path, 'existing');
      recovered.push({ segment, path, file, bytes: 0, version: 0 });
      const newest = segment === numbers.at(-1);
      const { bytes, version } = await recoverSegment({ segment, path, file, newest }, options);
      recovered[recovered.length - 1] = { segment, path, file, bytes, version };
    }
    await fileSystem.syncDirectory(directory);
  } catch (error) {
    for (const { file } of recovered) file.close();
    throw error;
  }
  return recovered;
}

async function recoverSegment(
  { segment, path, file, newest }: { segment: number; path: string; file: LogFile; newest: boolean },
  options: LogOptions,
): Promise<Pick<RecoveredSegment, 'bytes' | 'version'>> {
  const fileBytes = file.size();
  const header = new Uint8Array(Math.min(SEGMENT_HEADER_BYTES, fileBytes));
  readFully(file, header, 0);
  if (newest && isTornSegmentHeader(header)) {
    if (fileBytes > 0) options.onTornTail?.({ segment, offset: 0 }, fileBytes);
    file.truncate(0);
    const written = encodeSegmentHeader(segment);
    writeFully(file, written, 0);
    await file.sync();
    checkStart(options, segment, SEGMENT_HEADER_BYTES);
    return { bytes: SEGMENT_HEADER_BYTES, version: readSegmentVersion(written, segment, path) };
  }
  const version = readSegmentVersion(header, segment, path);
  checkStart(options, segment, fileBytes);

  const start = replayStart(options.from, segment);
  if (start === undefined) return { bytes: fileBytes, version };
  const end = scanRecords(file, start, (payload, offset) => options.replay?.(payload, { segment, offset }));
  if (end < fileBytes && (!newest || wasSynced(file, end))) {
    throw new DaybookError(
      'corrupt',
      `${path} is damaged: it holds no intact record at byte ${end} of ${fileBytes}, where there was one. Nothing was changed; ` +
        'put a copy of the directory in its place',
      { detail: { path, offset: end } },
    );
  }
  if (end < fileBytes) {
    // Behind what was written lies room that is reserved.
    const tornBytes = startOfZeros(file, end) - end;
    if (tornBytes > 0) options.onTornTail?.({ segment, offset: end }, tornBytes);
    file.truncate(end);
  }
  // What was replayed may still be in the page cache alone, if the program died and the machine did not.
  if (newest) await file.sync();
  return { bytes: end, version };
}

/** The header offset to replay a segment from, or undefined when it lies before `from`. */
function replayStart(from: LogPosition | undefined, segment: number): number | undefined {
  if (from === undefined || segment > from.segment) return SEGMENT_HEADER_BYTES;
  return segment === from.segment ? Math.max(from.offset, SEGMENT_HEADER_BYTES) : undefined;
}

function checkStart({ directory, from }: LogOptions, segment: number, bytes: number): void {
  if (from?.segment === segment && from.offset > bytes) throw missingStart(directory, from);
}

function missingStart(directory: string, from: LogPosition): DaybookError {
  return new DaybookError(
    'corrupt',
    `the log in ${directory} has no byte ${from.offset} in segment ${from.segment}, where its replay is to start`,
    { detail: { directory, segment: from.segment, offset: from.offset } },
  );
}
