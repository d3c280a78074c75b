import { type TUnsafe, Type } from 'typebox';
import { type Subscriber, subscriberSchema } from '../callbacks/subscriber.ts';
import type { TransmissionMode } from './results-request.ts';

/** The body of an OGC execute request, and each item of a batch. */
export interface ExecuteBody {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, { readonly transmissionMode?: TransmissionMode }>>;
  readonly response?: 'document' | 'raw';
  readonly subscriber?: Subscriber;
  readonly labels?: readonly string[];
}

/** What {@link ExecuteBody} is checked by. */
export const executeBody: TUnsafe<ExecuteBody> = Type.Unsafe<ExecuteBody>(
  Type.Object({
    inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    outputs: Type.Optional(
      Type.Record(Type.String(), Type.Object({ transmissionMode: Type.Optional(Type.Enum(['value', 'reference'])) })),
    ),
    response: Type.Optional(Type.Enum(['document', 'raw'])),
    subscriber: Type.Optional(subscriberSchema),
    labels: Type.Optional(Type.Array(Type.String())),
  }),
);
