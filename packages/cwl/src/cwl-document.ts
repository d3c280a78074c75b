import { DaybookError } from '@daybook/errors';
import type { JsonObject, JsonValue } from './json.ts';

const VERSIONS: readonly JsonValue[] = ['v1.0', 'v1.1', 'v1.2'];
const CLASSES: readonly JsonValue[] = ['Workflow', 'CommandLineTool', 'ExpressionTool'];

/** Which process of a document is meant. */
export interface ProcessSelection {
  /** Id in `$graph`, with or without `#`. Default: `main`, else the first workflow, else the first process. */
  readonly workflow?: string;
}

/** A process and the document around it. */
export interface SelectedProcess {
  readonly document: JsonObject;
  readonly process: JsonObject;
  readonly id: string;
  readonly cwlVersion: string;
}

/** Finds the meant process. Throws `invalid-argument`, `not-found` or `unsupported`. */
export function selectProcess(document: JsonObject, { workflow }: ProcessSelection): SelectedProcess {
  const { cwlVersion } = document;
  if (!VERSIONS.includes(cwlVersion ?? null)) {
    throw new DaybookError(
      'invalid-argument',
      `cwlVersion: expected v1.0, v1.1 or v1.2, found ${JSON.stringify(cwlVersion)}`,
    );
  }
  const processes = document.$graph === undefined ? [document] : entries(document.$graph, 'id');
  const process =
    workflow === undefined ? mainOf(processes) : processes.find((entry) => processId(entry) === shortId(workflow));
  if (process === undefined) {
    const known = processes.map(processId).join(', ') || 'none';
    const message = `the document has no process ${JSON.stringify(workflow ?? 'main')}; it has ${known}`;
    throw new DaybookError('not-found', message, { detail: { workflow } });
  }
  if (!CLASSES.includes(process.class ?? null)) {
    const message = `class: a process of class ${JSON.stringify(process.class)} cannot be run; expected ${CLASSES.join(', ')}`;
    throw new DaybookError('unsupported', message);
  }
  return { document, process, id: processId(process), cwlVersion: cwlVersion as string };
}

function mainOf(processes: readonly JsonObject[]): JsonObject | undefined {
  return (
    processes.find((entry) => processId(entry) === 'main') ??
    processes.find((entry) => entry.class === 'Workflow') ??
    processes[0]
  );
}

function processId(process: JsonObject): string {
  return typeof process.id === 'string' ? shortId(process.id) : 'main';
}

/** The last part of an identifier: `#main/step/in` → `in`. */
export function shortId(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf('#')) + 1);
}

/**
 * The entries of a list that CWL also lets be written as a map: `[{id, …}]` or `{id: {…}}`.
 * `mainField`: what a map's bare value stands for, such as `type` in `inputs: {x: int}`.
 */
export function entries(value: JsonValue | undefined, key: string, mainField?: string): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  return Object.entries(value).map(([id, entry]) => {
    if (isObject(entry)) return { ...entry, [key]: id };
    return { [key]: id, ...(mainField !== undefined && { [mainField]: entry }) };
  });
}

/** The requirement or hint of a class; its name may carry the prefix or the URL of a namespace. Requirements win. */
export function findRequirement(process: JsonObject, className: string): JsonObject | undefined {
  const all = [...entries(process.requirements, 'class'), ...entries(process.hints, 'class')];
  return all.find((entry) => typeof entry.class === 'string' && entry.class.split(/[#:/]/).at(-1) === className);
}

/** Whether a JSON value is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
