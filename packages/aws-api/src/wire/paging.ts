import type { Page } from '@daybook/message-bus';
import { failure } from './failure.ts';

/** The token that asks for what follows a page. */
export function nextToken(page: Page<string>): string | undefined {
  const last = page.items.at(-1);
  return page.more && last !== undefined ? Buffer.from(last).toString('base64url') : undefined;
}

/** The name after which a page begins; empty without a token. */
export function afterToken(token: string | undefined): string {
  if (token === undefined || token === '') return '';
  const name = Buffer.from(token, 'base64url').toString();
  if (/^[\w:.-]+$/.test(name)) return name;
  throw failure(
    'InvalidParameterValue',
    `Value ${JSON.stringify(token.slice(0, 200))} for parameter NextToken is invalid.`,
  );
}
