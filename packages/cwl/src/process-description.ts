import type { JsonObject, JsonValue } from './json.ts';

/** JSON Schema in the keywords of OpenAPI 3.0: one string `type`, `nullable`, no `$ref`, no `const`. */
export type JsonSchema = JsonObject;

/** One input or output of a process, in the words of OGC API – Processes. */
export interface ParameterDescription {
  /** The CWL label, else the parameter's id. */
  readonly title: string;
  /** The CWL doc. */
  readonly description?: string;
  /** A File or Directory is a link object `{href, type}` or a CWL object; a default stands inside. */
  readonly schema: JsonSchema;
  /** 0: the parameter is optional or has a default. */
  readonly minOccurs: 0 | 1;
  /** An array is one value that may also be sent as several. */
  readonly maxOccurs: number | 'unbounded';
  /** The CWL default, also where it is no plain JSON value of the schema (a File). */
  readonly default?: JsonValue;
  /** Media types for WPS-T; `text/plain` for literals, `application/octet-stream` for a File of unknown format. */
  readonly mediaType: string;
}

/** What a CWL document says of itself. */
export interface CwlProcess {
  /** The id of the described process in its document, without `#`. */
  readonly id: string;
  readonly class: 'Workflow' | 'CommandLineTool' | 'ExpressionTool';
  readonly cwlVersion: string;
  readonly label?: string;
  readonly doc?: string;
  /** In the document's order. */
  readonly inputs: Readonly<Record<string, ParameterDescription>>;
  readonly outputs: Readonly<Record<string, ParameterDescription>>;
  /** Ids of inputs whose values are never shown (`cwltool:Secrets`). */
  readonly secrets: readonly string[];
  /** Ids of the top-level steps; a tool is one step, named by its id. */
  readonly steps: readonly string[];
}
