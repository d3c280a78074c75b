import type { AwsKeys } from './sign.ts';

/** Fixed keys, or a function that gives the keys that are valid now and is asked before every call. */
export type Credentials = AwsKeys | (() => Promise<AwsKeys>);

/**
 * The credential chain of the AWS SDKs: environment, shared files, SSO, container and instance roles. The SDK is loaded at the first
 * call; keys are kept until shortly before they expire.
 */
export function awsCredentialChain(): () => Promise<AwsKeys> {
  let chain: Promise<() => Promise<AwsKeys>> | undefined;
  return async () => {
    chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) => defaultProvider());
    return await (await chain)();
  };
}

/** The keys that are valid now. */
export async function currentKeys(credentials: Credentials): Promise<AwsKeys> {
  return typeof credentials === 'function' ? await credentials() : credentials;
}
