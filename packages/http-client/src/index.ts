export { type HttpClient, type HttpClientOptions, openHttpClient } from './http-client.ts';
export type { HttpAnswer, HttpRequest } from './http-exchange.ts';
