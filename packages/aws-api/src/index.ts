export { type AwsApi, type AwsApiOptions, createAwsApi } from './aws-api.ts';
