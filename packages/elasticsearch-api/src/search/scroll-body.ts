import { illegalArgument } from '../errors/errors.ts';
import { type JsonObject, tokenOf } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';

/** The body of a request about scrolls, with only such members as `isKnown` takes. */
export function parseScrollBody(body: Uint8Array, isKnown: (name: string, value: unknown) => boolean): JsonObject {
  const json = parseJsonBody(body) ?? {};
  for (const [name, value] of Object.entries(json)) {
    if (isKnown(name, value)) continue;
    throw illegalArgument(
      `Unknown parameter [${name}] in request body or parameter is of the wrong type[${tokenOf(value)}] `,
    );
  }
  return json;
}
