export { type OutputStoreOptions, openOutputStore } from './directory/open-output-store.ts';
export { removeTree } from './directory/remove-tree.ts';
export type { LogAppender, LogStore, StoredLog } from './log-store.ts';
export type { EntryPage, ListedEntry, OutputStore, StoredDirectory, StoredRecord } from './output-store.ts';
export { openS3OutputStore, type S3OutputStoreOptions } from './s3/open-s3-output-store.ts';
export type { StagedOutputs, StageOptions } from './staged-outputs.ts';
export type { ByteRange, StoredFile } from './stored-file.ts';
