export { crc32c } from './crc32c.ts';
export { asDiskFull, isDiskFull } from './disk-full.ts';
export {
  createFaultInjectingFileSystem,
  type FaultInjectingFileSystem,
  type Faults,
} from './fault-injecting-file-system.ts';
export type { FileSystem, LogFile } from './file-system.ts';
export { type DirectoryLock, lockDirectory } from './lock-directory.ts';
export type { Log, LogOptions, LogPosition, LogSegment } from './log.ts';
export { openLog } from './open-log.ts';
export { syncDirectory } from './sync-directory.ts';
export { writeFileAtomically } from './write-file-atomically.ts';
