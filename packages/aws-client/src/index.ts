export { awsCredentialChain, type Credentials } from './credentials.ts';
export type { AwsClientOptions, CallOptions } from './http-transport.ts';
export type { MessageAttribute, MessageAttributes } from './message-attribute.ts';
export type { MultipartUpload, UploadedPart } from './s3/multipart.ts';
export type { ObjectAddress, ObjectAnswer } from './s3/object.ts';
export type { ListedObject, ObjectPage } from './s3/object-page.ts';
export { createS3Client, type ListRequest, type ObjectHead, type S3Client } from './s3/s3-client.ts';
export { type AwsKeys, type SignableRequest, type SigningOptions, type SigningScope, signRequest } from './sign.ts';
export { createSnsClient, type Publication, type PublicationEntry, type SnsClient } from './sns-client.ts';
export { createSqsClient } from './sqs-client.ts';
export type {
  BatchResult,
  EntryId,
  FailedEntry,
  OutgoingEntry,
  OutgoingMessage,
  ReceiptEntry,
  ReceivedMessage,
  ReceiveRequest,
  SentMessage,
  SqsClient,
  VisibilityEntry,
} from './sqs-types.ts';
export { type SignatureRefusal, type VerifyOptions, verifySignature } from './verify-signature.ts';
