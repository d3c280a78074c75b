/** Path and query of a request. */
export interface RequestTarget {
  /** As it stands in the request, with what a URL may not hold escaped. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const NO_QUERY = new URLSearchParams();
/** A path in which nothing is escaped, nothing is to be, and no segment is `.` or `..`, as most are. */
const PLAIN_PATH = /^(?:\/[\w-]+)+$/;

/** The target of a request, in origin form or, as proxies send it, in absolute form. What is no target is that of the root. */
export function parseRequestTarget(target: string): RequestTarget {
  if (PLAIN_PATH.test(target)) return { path: target, query: NO_QUERY };
  const absolute = target.startsWith('/') ? `http://local${target}` : target;
  try {
    const { pathname, searchParams } = new URL(absolute);
    return { path: pathname, query: searchParams };
  } catch {
    return { path: '/', query: NO_QUERY };
  }
}
