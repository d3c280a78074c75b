import type { ReceivedMessage } from '@daybook/aws-client';
import { DaybookError } from '@daybook/errors';
import type { WorkerQueues } from '../options.ts';
import { wait } from '../retry.ts';

const POLL_MS = 5;

interface HeldMessage {
  readonly queueUrl: string;
  readonly messageId: string;
  readonly body: string;
  visibleAt: number;
  receipt: string;
}

/** Queues in memory: visibility timeouts, long polls, and a switch that cuts the line. */
export interface TwinQueues extends WorkerQueues {
  send(queueUrl: string, body: string): void;
  /** Messages that are there, visible or not. */
  bodies(queueUrl: string): readonly string[];
  /** Every visibility timeout that was asked for after the receipt. */
  readonly visibilityChanges: readonly number[];
  readonly receives: readonly { readonly queueUrl: string; readonly maxMessages: number }[];
  /** Called before each deletion. */
  onDelete: () => void;
  /** While true, extensions of visibility fail as if the line was cut. */
  extensionsFail: boolean;
  /** While true, every extension is refused: the receipt is not valid any more. */
  receiptsInvalid: boolean;
}

/** Queues without messages. */
export function createTwinQueues(): TwinQueues {
  const messages: HeldMessage[] = [];
  const visibilityChanges: number[] = [];
  const receives: { queueUrl: string; maxMessages: number }[] = [];
  let ids = 0;

  const takeVisible = (queueUrl: string, max: number, visibilityMs: number): ReceivedMessage[] => {
    const now = Date.now();
    const taken = messages.filter((message) => message.queueUrl === queueUrl && message.visibleAt <= now).slice(0, max);
    return taken.map((message) => {
      message.visibleAt = now + visibilityMs;
      message.receipt = `receipt-${ids++}`;
      const { messageId, body, receipt: receiptHandle } = message;
      return { messageId, body, receiptHandle, md5OfBody: '', attributes: {}, messageAttributes: {} };
    });
  };

  const twin: TwinQueues = {
    visibilityChanges,
    receives,
    onDelete: () => {},
    extensionsFail: false,
    receiptsInvalid: false,
    send(queueUrl, body) {
      messages.push({ queueUrl, body, messageId: `message-${ids++}`, visibleAt: 0, receipt: '' });
    },
    bodies: (queueUrl) => messages.filter((message) => message.queueUrl === queueUrl).map(({ body }) => body),
    async sendMessage({ queueUrl, body }) {
      twin.send(queueUrl, body);
      return { messageId: 'sent' };
    },
    async receiveMessage({ queueUrl, maxMessages = 1, visibilityTimeoutSeconds = 30 }, { signal } = {}) {
      receives.push({ queueUrl, maxMessages });
      for (;;) {
        signal?.throwIfAborted();
        const taken = takeVisible(queueUrl, maxMessages, visibilityTimeoutSeconds * 1000);
        if (taken.length > 0) {
          return taken;
        }
        await wait(POLL_MS, signal ?? new AbortController().signal);
      }
    },
    async deleteMessage({ receiptHandle }) {
      twin.onDelete();
      const at = messages.findIndex(({ receipt }) => receipt === receiptHandle);
      if (at >= 0) {
        messages.splice(at, 1);
      }
    },
    async changeMessageVisibility({ receiptHandle, visibilityTimeoutSeconds }) {
      if (twin.extensionsFail) {
        throw new DaybookError('unavailable', 'the line is cut');
      }
      const message = messages.find(({ receipt }) => receipt === receiptHandle);
      if (message === undefined || twin.receiptsInvalid) {
        throw new DaybookError('invalid-argument', 'the receipt handle is not valid');
      }
      visibilityChanges.push(visibilityTimeoutSeconds);
      message.visibleAt = Date.now() + visibilityTimeoutSeconds * 1000;
    },
  };
  return twin;
}
