/** A record of a queue's event, as AWS Lambda hands it to a function (`SQSRecord` of @types/aws-lambda fits it). */
export interface QueueEventRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: { readonly SentTimestamp?: string; readonly MessageGroupId?: string | undefined };
}

/** A batch of records. */
export interface QueueEvent {
  readonly Records: readonly QueueEventRecord[];
}

/** The records that must come again (Lambda's `ReportBatchItemFailures`). All others are done. */
export interface QueueEventResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** A function that takes batches of a queue. */
export type QueueEventHandler = (event: QueueEvent) => Promise<QueueEventResponse>;
