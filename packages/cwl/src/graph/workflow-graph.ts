import { entries, isObject, selectProcess, shortId } from '../cwl-document.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** A box of the picture. */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'input' | 'output' | 'tool' | 'expression' | 'workflow';
  readonly label: string;
  /** Inputs of the step over which it is scattered. */
  readonly scatter: readonly string[];
  /** Whether the step may be left out, by its `when`. */
  readonly isConditional: boolean;
}

/** Data that goes from one box to another; several of one pair are one link. */
export interface GraphLink {
  readonly from: string;
  readonly to: string;
  /** What goes: `output → input` of the two, as far as they have names of their own. */
  readonly ports: readonly string[];
}

/** A workflow as boxes and the data between them; a process that is no workflow is one box with its inputs and outputs. */
export interface WorkflowGraph {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
}

/** Reads the graph of a packed document's main process, without the inputs of `hidden` names. Throws as `describeProcess` does. */
export function workflowGraph(document: JsonObject, hidden: ReadonlySet<string> = new Set()): WorkflowGraph {
  const { process, id } = selectProcess(document, {});
  const inputs = entries(process.inputs, 'id', 'type').map((input) => shortId(String(input.id)));
  const outputs = entries(process.outputs, 'id', 'type').map((output) => ({
    ...output,
    id: shortId(String(output.id)),
  }));
  const boxes = [
    ...inputs.filter((name) => !hidden.has(name)).map((name) => box(`in:${name}`, 'input', name)),
    ...outputs.map((output) => box(`out:${output.id}`, 'output', output.id)),
  ];
  if (process.class !== 'Workflow') {
    const links = [
      ...inputs.map((name) => ({ from: `in:${name}`, to: `step:${id}`, ports: [name] })),
      ...outputs.map((output) => ({ from: `step:${id}`, to: `out:${output.id}`, ports: [output.id] })),
    ];
    return connected([...boxes, box(`step:${id}`, kindOf(process), id)], links);
  }
  const steps = entries(process.steps, 'id', 'run');
  const names = new Set(steps.map((step) => shortId(String(step.id))));
  const links = steps
    .flatMap((step) => linksInto(step, names))
    .concat(outputs.flatMap((output) => linksOut(output, names)));
  return connected([...boxes, ...steps.map((step) => stepBox(document, step))], links);
}

function box(id: string, kind: GraphNode['kind'], label: string): GraphNode {
  return { id, kind, label, scatter: [], isConditional: false };
}

function stepBox(document: JsonObject, step: JsonObject): GraphNode {
  const name = shortId(String(step.id));
  const scatter = texts(step.scatter).map(shortId);
  return {
    id: `step:${name}`,
    kind: kindOf(runOf(document, step)),
    label: name,
    scatter,
    isConditional: step.when !== undefined,
  };
}

/** What a step runs stands in it, or beside it in the `$graph`. */
function runOf(document: JsonObject, { run }: JsonObject): JsonObject {
  if (isObject(run)) return run;
  const all = entries(document.$graph, 'id');
  return (
    (typeof run === 'string' ? all.find(({ id }) => typeof id === 'string' && bare(id) === bare(run)) : undefined) ?? {}
  );
}

function kindOf(process: JsonObject): GraphNode['kind'] {
  if (process.class === 'Workflow') return 'workflow';
  return process.class === 'ExpressionTool' ? 'expression' : 'tool';
}

function linksInto(step: JsonObject, steps: ReadonlySet<string>): GraphLink[] {
  const name = shortId(String(step.id));
  return entries(step.in, 'id', 'source').flatMap((input) =>
    texts(input.source).map((source) => link(source, steps, `step:${name}`, shortId(String(input.id)))),
  );
}

function linksOut(output: JsonObject, steps: ReadonlySet<string>): GraphLink[] {
  return texts(output.outputSource).map((source) => link(source, steps, `out:${output.id}`, String(output.id)));
}

function link(source: string, steps: ReadonlySet<string>, to: string, port: string): GraphLink {
  const parts = bare(source).split('/');
  const step = parts.at(-2);
  const name = parts.at(-1) ?? '';
  return step !== undefined && steps.has(step)
    ? { from: `step:${step}`, to, ports: [`${name} → ${port}`] }
    : { from: `in:${name}`, to, ports: [`${name} → ${port}`] };
}

/** Without links from or to what is not shown, several of one pair as one. */
function connected(nodes: readonly GraphNode[], links: readonly GraphLink[]): WorkflowGraph {
  const ids = new Set(nodes.map(({ id }) => id));
  const merged = new Map<string, GraphLink>();
  for (const each of links) {
    if (!ids.has(each.from) || !ids.has(each.to)) continue;
    const key = JSON.stringify([each.from, each.to]);
    merged.set(key, { ...each, ports: [...(merged.get(key)?.ports ?? []), ...each.ports] });
  }
  return { nodes, links: [...merged.values()] };
}

function texts(value: JsonValue | undefined): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string');
}

function bare(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}
