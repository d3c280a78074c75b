import type { Endpoint } from './endpoint.ts';

/** An API, and the names of the placeholders on the way to it. */
interface Route {
  readonly endpoint: Endpoint;
  readonly names: readonly string[];
}

interface Node {
  readonly literals: Map<string, Node>;
  placeholder?: Node;
  readonly methods: Map<string, Route>;
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
  const segments = segmentsOf(path);
  for (let at = 0; at < segments.length; at++) segments[at] = decodeSegment(segments[at]!);
  const values: string[] = [];
  const found = findRoute(root, method, segments, 0, values);
  if (found === undefined) return { allowed: [...allowedMethods(root, segments, 0)].sort() };
  const parts: Record<string, string> = {};
  for (const [position, name] of found.names.entries()) parts[name] = values[position] ?? '';
  return { endpoint: found.endpoint, parts };
}

/** `values` takes what stands for the placeholders on the way. */
function findRoute(
  node: Node,
  method: string,
  segments: readonly string[],
  depth: number,
  values: string[],
): Route | undefined {
  const segment = segments[depth];
  if (segment === undefined) {
    return node.methods.get(method) ?? (method === 'HEAD' ? node.methods.get('GET') : undefined);
  }
  const literal = node.literals.get(segment);
  const found = literal === undefined ? undefined : findRoute(literal, method, segments, depth + 1, values);
  if (found !== undefined || node.placeholder === undefined) return found;
  const before = values.length;
  values.push(segment);
  const behind = findRoute(node.placeholder, method, segments, depth + 1, values);
  if (behind === undefined) values.length = before;
  return behind;
}

/** The methods of every route that the path takes, whatever its own. */
function allowedMethods(node: Node, segments: readonly string[], depth: number): Set<string> {
  const segment = segments[depth];
  if (segment === undefined) return new Set(node.methods.keys());
  const literal = node.literals.get(segment);
  const next = [literal, node.placeholder].filter((each) => each !== undefined);
  return new Set(next.flatMap((each) => [...allowedMethods(each, segments, depth + 1)]));
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
