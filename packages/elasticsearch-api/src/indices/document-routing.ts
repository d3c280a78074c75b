import { DaybookError } from '@daybook/errors';
import type { Index } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { isJsonObject } from '../json/json.ts';
import { resolveDateMathName } from './date-math-name.ts';

/**
 * The value by which a document of an index is routed: that of the alias by which the index was named, or else the one that the request gives. Refuses
 * another than the alias's, and none where the mapping requires one.
 */
export function documentRouting(
  index: Index,
  expression: string,
  id: string | undefined,
  given: string | undefined,
): string | undefined {
  const ofAlias = indexRoutingOf(index, expression);
  if (ofAlias !== undefined && given !== undefined && given !== ofAlias) {
    throw illegalArgument(
      `Alias [${resolveDateMathName(expression)}] has index routing associated with it [${ofAlias}], and was provided with ` +
        `routing value [${given}], rejecting operation`,
    );
  }
  const routing = ofAlias ?? given;
  checkRequiredRouting(index, id, routing);
  return routing;
}

/** Refuses a document without a routing value where the mapping requires one. */
export function checkRequiredRouting(index: Index, id: string | undefined, routing: string | undefined): void {
  if (routing !== undefined) return;
  const { _routing: mapped } = index.mappings();
  if (!isJsonObject(mapped) || mapped.required !== true) return;
  throw new DaybookError('invalid-argument', `routing is required for [${index.name}]/[_doc]/[${id ?? null}]`, {
    detail: { reason: 'routing_missing_exception', properties: { index_uuid: '_na_', index: index.name } },
  });
}

function indexRoutingOf(index: Index, expression: string): string | undefined {
  if (expression === index.name) return undefined;
  const aliases = index.aliases();
  const name = resolveDateMathName(expression);
  if (!Object.hasOwn(aliases, name)) return undefined;
  const routing = aliases[name]?.index_routing;
  return routing === undefined ? undefined : String(routing);
}
