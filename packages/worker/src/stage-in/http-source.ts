import { type AddressPolicy, describeUrl, httpGet } from './http-get.ts';
import type { InputSource } from './input-source.ts';

/** What an http or https URL leads to, within the policy. */
export function httpSource(url: URL, policy: AddressPolicy): InputSource {
  return {
    name: describeUrl(url),
    key: url.href,
    get: async (headers, signal) => {
      const body = await httpGet(url, headers, policy, signal);
      return { statusCode: body.statusCode ?? 0, headers: body.headers, body };
    },
    digestsOf: () => [],
  };
}
