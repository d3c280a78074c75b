export {
  type HttpAnswer,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  openHttpClient,
} from './http-client.ts';
