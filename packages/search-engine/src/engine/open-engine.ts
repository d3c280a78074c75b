import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileSystem, lockDirectory, openLog, syncDirectory } from '@daybook/durable-log';
import { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { readCommitPoint, removeUnfinishedCommitPoints } from '../checkpoint/commit-point.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { LocalEngine } from './local-engine.ts';
import { Recovery } from './recovery.ts';

const CHECKPOINT_RECORDS = 50_000;
const LAZY_FROM_BYTES = 1024 * 1024;
const CHECK_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** What the tests set besides {@link EngineOptions}. */
export interface EngineTuning {
  /** Where the translog's files are. */
  readonly fileSystem?: FileSystem;
  /** The arrays of checkpoints of so many bytes are read when they are wanted, or beside other work. */
  readonly lazyFromBytes?: number;
  /** How often everything is read back. */
  readonly checkIntervalMs?: number;
}

/** Opens a data directory: reads the last commit point, then replays the translog behind it. A second opener is refused with `conflict`. */
export async function openEngine(options: EngineOptions & EngineTuning): Promise<Engine> {
  const { directory } = options;
  const lock = await lockDirectory(directory);
  const checkpoints = new CheckpointStore(directory, options.lazyFromBytes ?? LAZY_FROM_BYTES);
  try {
    await removeUnfinishedCommitPoints(directory);
    const commitPoint = await readCommitPoint(directory);
    const recovery = await Recovery.start(commitPoint, checkpoints);
    await mkdir(join(directory, 'translog'), { recursive: true });
    const log = await openLog({
      directory: join(directory, 'translog'),
      durability: options.durability ?? 'request',
      replay: (payload, position) => recovery.replay(payload, position),
      onTornTail: (_, bytes) => options.onTornTail?.(bytes),
      ...(options.onDiskFull !== undefined && { onDiskFull: options.onDiskFull }),
      ...(commitPoint !== undefined && { from: commitPoint.position }),
      ...(options.fileSystem !== undefined && { fileSystem: options.fileSystem }),
      ...(options.segmentBytes !== undefined && { segmentBytes: options.segmentBytes }),
    });
    try {
      recovery.finish();
      await syncDirectory(directory);
    } catch (error) {
      await log.close();
      throw error;
    }
    return new LocalEngine({
      directory,
      lock,
      log,
      checkpoints,
      recovery,
      checkpointRecords: options.checkpointRecords ?? CHECKPOINT_RECORDS,
      checkIntervalMs: options.checkIntervalMs ?? CHECK_INTERVAL_MS,
      maxFields: options.maxFieldsPerIndex,
      onFailure: options.onFailure ?? (() => undefined),
      onCheckpointDelayed: options.onCheckpointDelayed ?? (() => undefined),
      onDamage: options.onDamage ?? (() => undefined),
    });
  } catch (error) {
    checkpoints.close();
    await lock.release();
    throw error;
  }
}
