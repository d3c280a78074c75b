import type { HTTPMethods } from 'fastify';
import type { AdesApp } from './ades-app.ts';
import { exception } from './exception.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'QUERY'];

/** Makes a method that a path does not have answer 405 with `Allow` rather than 404. Call it before any route is added. */
export function refuseOtherMethods(app: AdesApp): () => void {
  const methodsOf = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, path }) => {
    const methods = methodsOf.get(path) ?? new Set<string>();
    for (const each of [method].flat()) methods.add(each);
    methodsOf.set(path, methods);
  });
  return () => {
    for (const [url, methods] of [...methodsOf]) {
      const others = METHODS.filter((method) => !methods.has(method) && app.supportedMethods.includes(method));
      if (others.length === 0 || url === '*') continue;
      const allow = [...methods].join(', ');
      app.route({
        method: others,
        url,
        schema: { hide: true },
        onRequest: async (request, reply) => {
          reply.header('allow', allow);
          throw exception(
            'method-not-allowed',
            `${request.method} is not offered at ${request.url}: expected ${allow}`,
          );
        },
        handler: async () => undefined,
      });
    }
  };
}
