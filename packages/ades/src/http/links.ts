/** A link of OGC API resources. */
export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

/** Link relations that OGC API – Processes registers: `http://www.opengis.net/def/rel/ogc/1.0/<name>`. */
export function ogcRelation(name: 'conformance' | 'processes' | 'job-list' | 'results' | 'execute'): string {
  return `http://www.opengis.net/def/rel/ogc/1.0/${name}`;
}

/** A link to a JSON resource. */
export function jsonLink(href: string, rel: string, title?: string): Link {
  return { href, rel, type: 'application/json', ...(title !== undefined && { title }) };
}
