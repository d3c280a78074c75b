import type { ApiContext } from '../api-context.ts';
import type { JsonTree } from '../json/json.ts';

/** What is answered beside no tasks where one was meant: `state` is what is said of it, should its node be this one. */
export function missingTask(context: ApiContext, id: string, state: 'is not found' | 'is missing'): JsonTree {
  const node = id.slice(0, id.lastIndexOf(':'));
  const cause =
    node === context.nodeId
      ? { type: 'resource_not_found_exception', reason: `task [${id}] ${state}` }
      : { type: 'no_such_node_exception', reason: `No such node [${node}]`, node_id: node };
  return { type: 'failed_node_exception', reason: `Failed node [${node}]`, node_id: node, caused_by: cause };
}
