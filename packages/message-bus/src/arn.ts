/** Whose resources a bus has, as their names say. */
export interface AwsIdentity {
  readonly region: string;
  readonly accountId: string;
}

/** The ARN of a queue or a topic. */
export function formatArn(service: 'sqs' | 'sns', { region, accountId }: AwsIdentity, name: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${name}`;
}

/** The name of the queue or topic that an ARN stands for, or undefined when it is not one of this identity's. */
export function nameOfArn(service: 'sqs' | 'sns', identity: AwsIdentity, arn: string): string | undefined {
  const prefix = formatArn(service, identity, '');
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : undefined;
}
