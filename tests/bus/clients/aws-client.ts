/** Parameters and answers in the spelling of the AWS documentation. Binary values are Uint8Arrays. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a service that is under test
export type Wire = Record<string, any>;

/** Which service an action belongs to. */
type Service = 'sqs' | 'sns';

/** A client as AWS ships it, told nothing but another endpoint. */
export interface AwsClient {
  /** Calls an action; rejects with an {@link AwsError} when the service refuses it. */
  call(service: Service, action: string, input: Wire): Promise<Wire>;
  close(): Promise<void>;
}

/** Where clients go, and with which keys. */
export interface Endpoint {
  /** Undefined for AWS itself. */
  readonly url: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a service refused, as the client reports it. */
export class AwsError extends Error {
  /** The code of the query protocol, which all clients know: `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The environment in which AWS's Python clients reach an endpoint. */
export function pythonEnvironment(endpoint: Endpoint, folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PYTHONPATH: folder,
    AWS_ACCESS_KEY_ID: endpoint.accessKeyId,
    AWS_SECRET_ACCESS_KEY: endpoint.secretAccessKey,
    AWS_DEFAULT_REGION: endpoint.region,
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    ...(endpoint.url !== undefined && { AWS_ENDPOINT_URL: endpoint.url }),
  };
}
