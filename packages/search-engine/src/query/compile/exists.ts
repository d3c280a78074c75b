import type { Mapping } from '../../mapping/mapping.ts';
import type { Steps } from '../../steps/steps.ts';
import { eachInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause, ConstantScoreClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { boolOf } from './bool-of.ts';
import { compileCondition } from './condition.ts';
import type { QueryContext } from './query-context.ts';

/** Names that every document has without a mapping. */
export const ALWAYS_THERE: ReadonlySet<string> = new Set(['_id', '_index', '_type', '_source', '_seq_no', '_version']);

/** The documents with a value of a field, of any field below an object, or of any field that matches a pattern. */
export function* compileExists(context: QueryContext, path: string, boost: number): Steps<Clause> {
  const { mapping, data } = context.index;
  if (ALWAYS_THERE.has(path)) return new AllClause(data.documents.live(), boost);
  const clauses = yield* eachInSteps(existingFields(mapping, path), (name) => {
    const field = mapping.field(name)!;
    return compileCondition(context, field, field.existsCondition(), boost);
  });
  if (clauses.length === 0) return NO_DOCS;
  return new ConstantScoreClause(boolOf(context, clauses, 'or', undefined), boost);
}

/** The names of the fields that a name, that of an object around them, or a pattern stands for. */
export function existingFields(mapping: Mapping, path: string): readonly string[] {
  if (path.includes('*')) return mapping.matchingFields(path);
  if (mapping.field(path) !== undefined) return [path];
  return mapping
    .fields()
    .map((field) => field.path)
    .filter((name) => name.startsWith(`${path}.`));
}
