import type { Endpoint } from './endpoint.ts';

interface Node {
  readonly literals: Map<string, Node>;
  placeholder?: Node;
  readonly methods: Map<string, { readonly endpoint: Endpoint; readonly names: readonly string[] }>;
}

/** Where a request goes; or the methods that its path has, which are none when nothing stands there. */
type RouteMatch =
  | { readonly endpoint: Endpoint; readonly parts: Readonly<Record<string, string>> }
  | { readonly allowed: readonly string[] };

/** Finds the API of a request. */
export interface Router {
  match(method: string, path: string): RouteMatch;
}

/**
 * Builds a tree of path segments. A literal segment goes before a placeholder, with a way back; slashes at the end do not
 * count. `HEAD` is served by a `GET` route that declares no `HEAD` of its own.
 */
export function buildRouter(endpoints: readonly Endpoint[]): Router {
  const root = newNode();
  for (const endpoint of endpoints) for (const route of endpoint.routes) addRoute(root, route, endpoint);
  return { match: (method, path) => matchRoute(root, method, path) };
}

function newNode(): Node {
  return { literals: new Map(), methods: new Map() };
}

function addRoute(root: Node, route: string, endpoint: Endpoint): void {
  const [method = '', path = ''] = route.split(' ');
  const names: string[] = [];
  let node = root;
  for (const segment of segmentsOf(path)) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      const next = node.literals.get(segment) ?? newNode();
      node.literals.set(segment, next);
      node = next;
    } else {
      names.push(name);
      node.placeholder ??= newNode();
      node = node.placeholder;
    }
  }
  if (node.methods.has(method)) throw new Error(`two APIs for ${route}`);
  node.methods.set(method, { endpoint, names });
}

function matchRoute(root: Node, method: string, path: string): RouteMatch {
  const segments = segmentsOf(path).map(decodeSegment);
  const allowed = new Set<string>();
  const visit = (node: Node, depth: number, values: readonly string[]): RouteMatch | undefined => {
    if (depth === segments.length) {
      const found = node.methods.get(method) ?? (method === 'HEAD' ? node.methods.get('GET') : undefined);
      for (const name of node.methods.keys()) allowed.add(name);
      if (found === undefined) return undefined;
      const parts = Object.fromEntries(found.names.map((name, position) => [name, values[position] ?? '']));
      return { endpoint: found.endpoint, parts };
    }
    const segment = segments[depth] ?? '';
    const literal = node.literals.get(segment);
    const match = literal === undefined ? undefined : visit(literal, depth + 1, values);
    if (match !== undefined || node.placeholder === undefined) return match;
    return visit(node.placeholder, depth + 1, [...values, segment]);
  };
  return visit(root, 0, []) ?? { allowed: [...allowed].sort() };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
