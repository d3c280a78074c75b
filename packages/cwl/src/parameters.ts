import { entries, type SelectedProcess, shortId } from './cwl-document.ts';
import { type CwlType, isOptional } from './cwl-type.ts';
import type { JsonObject } from './json.ts';
import { NamedTypes } from './named-types.ts';
import { parseType } from './parse-type.ts';

/** An input or output as the document declares it, its type parsed. */
export interface Parameter {
  readonly id: string;
  readonly type: CwlType;
  /** For inputs: a value must be sent. */
  readonly required: boolean;
  readonly declaration: JsonObject;
}

/** The parameters of one side of a process, in the document's order. */
export function parameters({ document, process }: SelectedProcess, side: 'inputs' | 'outputs'): readonly Parameter[] {
  const named = new NamedTypes(document);
  return entries(process[side], 'id', 'type').map((declaration) => {
    const type = parseType(declaration.type, named);
    const required = !isOptional(type) && (declaration.default ?? null) === null;
    return { id: shortId(String(declaration.id)), type, required, declaration };
  });
}
