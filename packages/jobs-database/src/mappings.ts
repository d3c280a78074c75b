import type { Source } from '@daybook/elasticsearch-client';
import {
  JOB_UPDATES_INDEX,
  JOBS_INDEX,
  OPERATIONS_INDEX,
  PROCESSES_INDEX,
  SUBSCRIPTIONS_INDEX,
  WORKERS_INDEX,
} from './indices.ts';

/** Raised with every change of a mapping below; an index of a lower version is upgraded in place. */
export const MAPPING_VERSION: number = 1;

/** Longer strings are stored and not indexed, in characters. */
const IGNORE_ABOVE = 1024;

const keyword = { type: 'keyword', ignore_above: IGNORE_ABOVE } as const;
const date = { type: 'date' } as const;
const integer = { type: 'integer' } as const;
const long = { type: 'long' } as const;
const double = { type: 'double' } as const;
const boolean = { type: 'boolean' } as const;
const text = { type: 'text', fields: { keyword } } as const;
const storedOnly = { type: 'object', enabled: false } as const;
/** Deep values of users must not reject their job, so the limit of depth is far above the engine's default of 20. */
const flattened = { type: 'flattened', ignore_above: IGNORE_ABOVE, depth_limit: 500 } as const;

/**
 * The mapping of each index. With `useFlattened`, inputs and outputs can be searched by name as well; without, only through
 * `input-values` and `output-values`, for engines that lack the type.
 */
export function mappings(useFlattened: boolean): Readonly<Record<string, Source>> {
  const byName = useFlattened ? flattened : storedOnly;
  return {
    [JOBS_INDEX]: withVersion({ properties: jobProperties(byName) }),
    [JOB_UPDATES_INDEX]: withVersion({ dynamic: false, properties: UPDATE_PROPERTIES }),
    [PROCESSES_INDEX]: withVersion({
      dynamic: false,
      properties: { id: keyword, 'process-id': keyword, version: keyword, title: text, 'deploy-time': date },
    }),
    [WORKERS_INDEX]: withVersion({
      dynamic: false,
      properties: { id: keyword, host: keyword, state: keyword, 'heartbeat-time': date },
    }),
    [OPERATIONS_INDEX]: withVersion({
      dynamic: false,
      properties: { id: keyword, action: keyword, status: keyword, created: date },
    }),
    [SUBSCRIPTIONS_INDEX]: withVersion({ dynamic: false, properties: { id: keyword, 'next-time': date } }),
  };
}

const UPDATE_PROPERTIES: Source = {
  id: keyword,
  'event-id': keyword,
  time: date,
  kind: keyword,
  attempt: integer,
  status: keyword,
  step: keyword,
  message: text,
  error: text,
  worker: keyword,
  labels: keyword,
};

function jobProperties(byName: Source): Source {
  return {
    id: keyword,
    status: keyword,
    state: keyword,
    final: boolean,
    inputs: byName,
    outputs: byName,
    'input-values': keyword,
    'output-values': keyword,
    labels: keyword,
    'user-id': keyword,
    'process-id': keyword,
    'process-version': keyword,
    'submit-time': date,
    'queue-time': date,
    'start-time': date,
    'stop-time': date,
    'update-time': date,
    'heartbeat-time': date,
    'removed-time': date,
    progress: double,
    step: keyword,
    message: text,
    error: text,
    'error-class': keyword,
    'failed-step': keyword,
    'exit-code': long,
    attempts: integer,
    worker: keyword,
    'wait-time': double,
    duration: double,
    'cpu-seconds': double,
    'peak-memory': long,
    'retry-of': keyword,
    'superseded-by': keyword,
    'inputs-hash': keyword,
    results: storedOnly,
    resources: storedOnly,
    merge: storedOnly,
  };
}

function withVersion(mapping: Source): Source {
  return { ...mapping, _meta: { version: MAPPING_VERSION } };
}
