import type { ApiContext } from '../api-context.ts';
import type { JsonTree } from '../json/json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { nodeRoles, publishAddress } from './cluster-node.ts';

/**
 * What APIs of nodes answer: the one node, when the path names it.
 * @param expression names, ids, addresses, `_local`, `_master`, `_all` and `role:true` or `role:false`, separated by commas; undefined is all
 */
export function answerOfNodes(
  context: ApiContext,
  expression: string | undefined,
  node: JsonTree,
): { readonly [name: string]: JsonTree } {
  const isNamed = expression === undefined || isNodeNamed(context, expression);
  const count = isNamed ? 1 : 0;
  return {
    _nodes: { total: count, successful: count, failed: 0 },
    cluster_name: context.clusterName,
    nodes: isNamed ? { [context.nodeId]: node } : {},
  };
}

/** Whether an expression names the one node: each part adds it, or, where a role is denied that the node has, takes it away again. */
export function isNodeNamed(context: ApiContext, expression: string): boolean {
  const names = [context.nodeName, context.nodeId, publishAddress(context).host];
  let isNamed = false;
  for (const part of expression.split(',')) {
    const [role, isWanted] = part.split(':');
    if (isWanted === 'true' || isWanted === 'false') {
      if (nodeRoles.includes(role ?? '')) isNamed = isWanted === 'true';
    } else if (['_all', '_local', '_master'].includes(part)) isNamed = true;
    else isNamed ||= names.some((name) => matchesPattern(part, name));
  }
  return isNamed;
}
