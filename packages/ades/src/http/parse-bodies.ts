import type { AdesApp } from './ades-app.ts';
import { parseJson } from './parse-json.ts';

/** Accepts JSON bodies and no others; a route that takes more adds its media types to its own scope. */
export function parseJsonBodies(app: AdesApp): void {
  app.removeAllContentTypeParsers();
  acceptJsonBodies(app, ['application/json']);
}

/** Parses bodies of these media types as JSON. */
export function acceptJsonBodies(app: AdesApp, mediaTypes: readonly string[]): void {
  app.addContentTypeParser([...mediaTypes], { parseAs: 'string' }, async (_request: unknown, body: string) =>
    parseJson(body),
  );
}

/** Hands bodies of these media types on as text. */
export function acceptTextBodies(app: AdesApp, mediaTypes: readonly string[]): void {
  app.addContentTypeParser([...mediaTypes], { parseAs: 'string' }, async (_request: unknown, body: string) => body);
}
