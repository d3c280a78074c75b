import { httpAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { endWithin } from '../../tasks/end-within.ts';
import { checkTaskGroups, groupTasks } from '../../tasks/group-tasks.ts';
import { runningTasks, taskParameters } from '../../tasks/running-tasks.ts';

const defaultTimeoutMs = 30_000;

/** The tasks that run, or once they have ended those that ran. */
export const listTasks: Endpoint = endpoint({
  routes: ['GET /_tasks'],
  parameters: {
    ...taskParameters,
    detailed: 'boolean',
    group_by: 'string',
    timeout: 'time',
    wait_for_completion: 'boolean',
  },
  handle: async ({ parameters }, context) => {
    const { group_by: groupBy = 'nodes' } = parameters;
    checkTaskGroups(groupBy);
    const { detailed = false, timeout = defaultTimeoutMs, wait_for_completion: wait = false } = parameters;
    const { nodeId, nodeName } = context;
    const running = runningTasks(context, parameters);
    if (wait && !(await endWithin(running, timeout))) {
      const reason = `[${nodeName}][${httpAddress(context)}][cluster:monitor/tasks/lists[n]] timed out after [${timeout}ms]`;
      const cause = { type: 'receive_timeout_transport_exception', reason };
      const failure = {
        type: 'failed_node_exception',
        reason: `Failed node [${nodeId}]`,
        node_id: nodeId,
        caused_by: cause,
      };
      return { body: { node_failures: [failure], nodes: {} } };
    }
    return { body: groupTasks(context, running, groupBy, detailed) };
  },
});
