import { answerOfNodes } from '../../cluster/one-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** There are no secure settings to read anew. */
export const reloadSecureSettings: Endpoint = endpoint({
  routes: ['POST /_nodes/reload_secure_settings', 'POST /_nodes/{node}/reload_secure_settings'],
  parameters: { timeout: 'time' },
  handle: ({ parts }, context) => ({ body: answerOfNodes(context, parts.node, { name: context.nodeName }) }),
});
