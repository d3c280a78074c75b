import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Engine } from '@daybook/search-engine';
import { limitEngine } from './access/limit-engine.ts';
import { protectSystemIndices } from './access/protect-system-indices.ts';
import { NodeMonitor } from './cluster/node-monitor.ts';
import { ClusterSettings } from './cluster/settings/cluster-settings.ts';
import type { LogEntry, ResolvedOptions } from './options.ts';
import { createPointInTimeRegistry, type PointInTimeRegistry } from './search/point-in-time-registry.ts';
import { createScrollRegistry, type ScrollRegistry } from './search/scroll-registry.ts';
import { createTaskRegistry, type TaskRegistry } from './tasks/task-registry.ts';

/** What the APIs share. */
export interface ApiContext {
  readonly engine: Engine;
  /** The same engine for callers without the system's key, bound by the settings of the cluster. */
  readonly protectedEngine: Engine;
  readonly systemIndices: ReadonlySet<string>;
  readonly settings: ClusterSettings;
  /** Whether the system's key is shown. */
  isSystem(authorization: string | undefined): boolean;
  /** Whether system indices may be changed. */
  isPrivileged(authorization: string | undefined): boolean;
  readonly version: string;
  readonly clusterName: string;
  readonly clusterUuid: string;
  readonly nodeId: string;
  readonly nodeName: string;
  /** Another one after each start. */
  readonly ephemeralId: string;
  readonly maxBodyBytes: number;
  readonly startTimeMs: number;
  /** Where the server listens, once it does. */
  address: { readonly host: string; readonly port: number };
  readonly scrolls: ScrollRegistry;
  readonly pointsInTime: PointInTimeRegistry;
  readonly tasks: TaskRegistry;
  readonly monitor: NodeMonitor;
  readonly log: (entry: LogEntry) => void;
}

/** Makes the context; the cluster's identity is kept in the engine and outlives a restart. */
export async function createApiContext(engine: Engine, options: ResolvedOptions): Promise<ApiContext> {
  const { clusterUuid, nodeId } = await clusterIdentity(engine);
  const { systemKey } = options;
  const settings = new ClusterSettings(engine);
  const isSystem = (authorization: string | undefined): boolean =>
    systemKey !== undefined && authorizes(authorization, systemKey);
  return {
    engine,
    protectedEngine: limitEngine(
      systemKey === undefined ? engine : protectSystemIndices(engine, options.systemIndices),
      () => settings.of('user'),
    ),
    systemIndices: options.systemIndices,
    settings,
    isSystem,
    isPrivileged: (authorization) => systemKey === undefined || isSystem(authorization),
    version: options.version,
    clusterName: options.clusterName,
    clusterUuid,
    nodeId,
    nodeName: `${options.clusterName}-1`,
    ephemeralId: shortUuid(),
    maxBodyBytes: options.maxBodyBytes,
    startTimeMs: Date.now(),
    address: { host: options.host, port: options.port },
    scrolls: createScrollRegistry(),
    pointsInTime: createPointInTimeRegistry(),
    tasks: createTaskRegistry(nodeId),
    monitor: new NodeMonitor(),
    log: options.log,
  };
}

function authorizes(authorization: string | undefined, key: string): boolean {
  if (authorization === undefined) return false;
  const given = Buffer.from(/^ApiKey\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? '');
  const expected = Buffer.from(key);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}

async function clusterIdentity(engine: Engine): Promise<{ clusterUuid: string; nodeId: string }> {
  const stored = engine.metadata('cluster').get('identity');
  if (typeof stored?.cluster_uuid === 'string' && typeof stored.node_id === 'string') {
    return { clusterUuid: stored.cluster_uuid, nodeId: stored.node_id };
  }
  const identity = { cluster_uuid: shortUuid(), node_id: shortUuid() };
  await engine.updateMetadata('cluster', new Map([['identity', identity]]));
  return { clusterUuid: identity.cluster_uuid, nodeId: identity.node_id };
}

/** 22 characters, as Elasticsearch writes its identifiers. */
function shortUuid(): string {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
}
