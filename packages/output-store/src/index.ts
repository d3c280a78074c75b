export type { LogAppender, LogStore, StoredLog } from './log-store.ts';
export { type OutputStoreOptions, openOutputStore } from './open-output-store.ts';
export type {
  ByteRange,
  EntryPage,
  ListedEntry,
  OutputStore,
  StoredDirectory,
  StoredFile,
  StoredRecord,
} from './output-store.ts';
export { removeTree } from './remove-tree.ts';
export type { StagedOutputs, StageOptions } from './staged-outputs.ts';
