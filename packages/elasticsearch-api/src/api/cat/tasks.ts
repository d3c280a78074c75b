import type { ApiContext } from '../../api-context.ts';
import { publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';
import { runningTimeMs } from '../../tasks/describe-task.ts';
import { runningTasks, taskParameters } from '../../tasks/running-tasks.ts';
import type { Task } from '../../tasks/task-registry.ts';

interface Row {
  readonly task: Task;
  readonly context: ApiContext;
}

const columns: readonly Column<Row>[] = [
  {
    name: 'id',
    aliases: [],
    description: 'id of the task with the node',
    hidden: true,
    value: ({ task }) => task.number,
  },
  { name: 'action', aliases: ['ac'], description: 'task action', value: ({ task }) => task.action },
  { name: 'task_id', aliases: ['ti'], description: 'unique task id', value: ({ task }) => task.id },
  { name: 'parent_task_id', aliases: ['pti'], description: 'parent task id', value: () => '-' },
  { name: 'type', aliases: ['ty'], description: 'task type', value: () => 'transport' },
  { name: 'start_time', aliases: ['start'], description: 'start time in ms', value: ({ task }) => task.startTimeMs },
  {
    name: 'timestamp',
    aliases: ['ts', 'hms', 'hhmmss'],
    description: 'start time in HH:MM:SS',
    value: ({ task }) => new Date(task.startTimeMs).toISOString().slice(11, 19),
  },
  {
    name: 'running_time_ns',
    aliases: ['time'],
    description: 'running time ns',
    hidden: true,
    value: ({ task }) => runningTimeMs(task) * 1_000_000,
  },
  {
    name: 'running_time',
    aliases: ['time'],
    description: 'running time',
    value: ({ task }) => `${runningTimeMs(task)}ms`,
  },
  {
    name: 'node_id',
    aliases: ['ni'],
    description: 'unique node id',
    hidden: true,
    value: ({ context }) => context.nodeId.slice(0, 4),
  },
  { name: 'ip', aliases: ['i'], description: 'ip address', value: ({ context }) => publishAddress(context).host },
  {
    name: 'port',
    aliases: ['po'],
    description: 'bound transport port',
    hidden: true,
    value: ({ context }) => publishAddress(context).port,
  },
  { name: 'node', aliases: ['n'], description: 'node name', value: ({ context }) => context.nodeName },
  { name: 'version', aliases: ['v'], description: 'es version', hidden: true, value: ({ context }) => context.version },
  {
    name: 'x_opaque_id',
    aliases: ['x'],
    description: 'X-Opaque-ID header',
    hidden: true,
    value: ({ task }) => task.opaqueId ?? '-',
  },
  {
    name: 'description',
    aliases: ['desc'],
    description: 'task action',
    hidden: true,
    value: ({ task }) => task.description,
  },
];

/** The tasks that run. */
export const catTasks: Endpoint = endpoint({
  routes: ['GET /_cat/tasks'],
  parameters: {
    ...tableParameters,
    ...taskParameters,
    detailed: 'boolean',
  },
  handle: ({ parameters, wantsText }, context) => {
    const rows = runningTasks(context, parameters).map((task) => ({ task, context }));
    const shown = columns.map((column) =>
      column.name === 'description' ? { ...column, hidden: !parameters.detailed } : column,
    );
    return renderTable({ columns: shown, rows }, { parameters, wantsText });
  },
});
