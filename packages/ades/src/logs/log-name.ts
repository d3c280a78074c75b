import { pathSegment } from '../http/base-url.ts';

/** A log as the API names it: of a run of a tool, or cwltool's own (`id` cwltool, `stream` log). */
export interface LogName {
  readonly id: string;
  readonly stream: 'stdout' | 'stderr' | 'log';
}

/** The name of cwltool's own log in the output store; that of a tool's is `<id>.<stream>`. */
const RUN_LOG = 'cwltool';
const TOOL_LOG = /^(.+)\.(stdout|stderr)$/s;
const TOOL_PATH = /^(.+)\/(stdout|stderr)$/s;

/** How a stored log is named; undefined for one that is none of ours. */
export function parseStoredName(name: string): LogName | undefined {
  return name === RUN_LOG ? { id: RUN_LOG, stream: 'log' } : asLogName(TOOL_LOG.exec(name));
}

/** What the URL of a request names behind `/jobs/{id}/logs/`; undefined for no log. */
export function parseLogPath(requestUrl: string): LogName | undefined {
  const encoded = requestUrl
    .replace(/[?#].*$/, '')
    .split('/')
    .slice(4)
    .join('/');
  try {
    const path = decodeURIComponent(encoded);
    return path === RUN_LOG ? { id: RUN_LOG, stream: 'log' } : asLogName(TOOL_PATH.exec(path));
  } catch {
    return undefined;
  }
}

/** The name in the output store. */
export function storedName({ id, stream }: LogName): string {
  return stream === 'log' ? RUN_LOG : `${id}.${stream}`;
}

/** The path behind `/jobs/{id}/logs/`. */
export function logPath({ id, stream }: LogName): string {
  return stream === 'log' ? RUN_LOG : `${id.split('/').map(pathSegment).join('/')}/${stream}`;
}

function asLogName(match: RegExpExecArray | null): LogName | undefined {
  const [, id, stream] = match ?? [];
  return id === undefined ? undefined : { id, stream: stream as 'stdout' | 'stderr' };
}
