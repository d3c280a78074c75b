import { statfsSync } from 'node:fs';
import { arch, availableParallelism, freemem, loadavg, type as osType, release, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { ApiContext } from '../api-context.ts';
import type { JsonTree } from '../json/json.ts';

/** What the one node does. */
export const nodeRoles: readonly string[] = ['data', 'ingest', 'master', 'remote_cluster_client'];

type Members = { readonly [name: string]: JsonTree };

/** What every answer says of the one node. */
export function nodeIdentity(context: ApiContext): Members {
  const { host, port } = publishAddress(context);
  return {
    name: context.nodeName,
    transport_address: `${bracketed(host)}:${port}`,
    host,
    ip: host,
    roles: nodeRoles,
  };
}

/** An address that clients can reach: a server bound to all addresses is reached by loopback at least. */
export function publishAddress(context: ApiContext): { readonly host: string; readonly port: number } {
  const { host, port } = context.address;
  return { host: host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host, port };
}

/** Where clients reach the server, as `host:port`. */
export function httpAddress(context: ApiContext): string {
  const { host, port } = publishAddress(context);
  return `${bracketed(host)}:${port}`;
}

/** The `http` part of a node's description. */
export function httpInfo(context: ApiContext): Members {
  return {
    bound_address: [`${bracketed(context.address.host)}:${context.address.port}`],
    publish_address: httpAddress(context),
    max_content_length_in_bytes: context.maxBodyBytes,
  };
}

/** The `os` part of a node's description. */
export function osInfo(): Members {
  return {
    name: osType(),
    pretty_name: `${osType()} ${release()}`,
    arch: arch(),
    version: release(),
    available_processors: availableParallelism(),
    allocated_processors: availableParallelism(),
  };
}

/** What the server runs on, where others run on a Java virtual machine. */
export function runtimeInfo(): {
  readonly version: string;
  readonly vm_name: string;
  readonly vm_version: string;
  readonly vm_vendor: string;
} {
  return {
    version: process.version,
    vm_name: 'Node.js',
    vm_version: process.versions.v8,
    vm_vendor: 'OpenJS Foundation',
  };
}

/** Memory of the machine. */
export function memoryStats(): {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly usedPercent: number;
} {
  const [totalBytes, freeBytes] = [totalmem(), freemem()];
  return { totalBytes, freeBytes, usedPercent: Math.round(((totalBytes - freeBytes) / totalBytes) * 100) };
}

/** JavaScript heap of the process. */
export function heapStats(): {
  readonly usedBytes: number;
  readonly committedBytes: number;
  readonly maxBytes: number;
  /** Of the most that it may become; what is used is at least one. */
  readonly percent: number;
} {
  const heap = getHeapStatistics();
  const [usedBytes, maxBytes] = [heap.used_heap_size, heap.heap_size_limit];
  const percent = Math.ceil((usedBytes / maxBytes) * 100);
  return { usedBytes, committedBytes: heap.total_heap_size, maxBytes, percent };
}

/** The disk of the data directory; on some, bytes that are free are kept for the administrator, so that fewer are available. */
export function diskStats({ engine }: ApiContext): {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly availableBytes: number;
  /** All that nobody can write to any more. */
  readonly usedBytes: number;
} {
  const { bsize, blocks, bfree, bavail } = statfsSync(engine.directory);
  const [totalBytes, availableBytes] = [bsize * blocks, bsize * bavail];
  return { totalBytes, freeBytes: bsize * bfree, availableBytes, usedBytes: totalBytes - availableBytes };
}

/** Over one, five and fifteen minutes. */
export function loadAverages(): readonly number[] {
  return loadavg();
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
