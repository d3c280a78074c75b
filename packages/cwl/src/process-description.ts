import type { JsonObject, JsonValue } from './json.ts';

/** JSON Schema in the keywords of OpenAPI 3.0: one string `type`, `nullable`, no `$ref`, no `const`. */
export type JsonSchema = JsonObject;

/** One input or output of a process, in the words of OGC API – Processes. */
export interface ParameterDescription {
  /** The CWL label, else the parameter's id. */
  readonly title: string;
  /** The CWL doc. */
  readonly description?: string;
  /** A File or Directory is a link object `{href, type}` or a CWL object. A default that could be sent stands inside. */
  readonly schema: JsonSchema;
  /** 0: the parameter is optional or has a default. */
  readonly minOccurs: 0 | 1;
  /** Always 1: an array is one value, of type array. */
  readonly maxOccurs: 1;
  /** The CWL default, also where it stands for no value that could be sent (a File beside the document). */
  readonly default?: JsonValue;
  /** For WPS-T's formats: `text/plain` for literals, `application/octet-stream` for a File whose format names no media type. */
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
  /** In the document's order, which packing has made that of their names where they were a map. */
  readonly inputs: Readonly<Record<string, ParameterDescription>>;
  readonly outputs: Readonly<Record<string, ParameterDescription>>;
  /** Ids of inputs whose values are never shown (`secretInputs`). */
  readonly secrets: readonly string[];
  /** Ids of the top-level steps; a tool is one step, named by its id. */
  readonly steps: readonly string[];
}
