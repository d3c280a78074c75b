import { unsupported } from '../errors/errors.ts';
import type { Endpoint } from './endpoint.ts';

/** APIs that Elasticsearch has and this server does not: refused by name, whatever their parameters and bodies. */
export function notOffered(what: string, routes: readonly string[]): Endpoint {
  return {
    routes,
    parameters: 'any',
    handle: () => {
      throw unsupported(what);
    },
  };
}
