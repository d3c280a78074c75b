import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import { listCampaigns } from '../campaigns/list-campaigns.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { jsonLink } from '../http/links.ts';
import { campaignEntrySchema, responses } from '../http/schemas.ts';

const DEFAULT_LIMIT = 100;

const Query = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: `Default ${DEFAULT_LIMIT}` })),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Text that the labels contain; * stands for any' }),
  ),
});

/** `GET /campaigns`: labels, those of the jobs that were submitted last first. */
export function getCampaigns(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/campaigns',
    schema: {
      tags: ['Campaigns'],
      summary: 'Labels of jobs',
      querystring: Query,
      response: responses({ 200: Type.Object({ campaigns: Type.Array(campaignEntrySchema) }) }, 400, 503),
    },
    handler: async (request) => {
      const { limit = DEFAULT_LIMIT, q: text } = request.query;
      const url = baseUrl(request, context.publicUrl);
      const campaigns = await listCampaigns(context.database, { limit, ...(text !== undefined && { text }) });
      return {
        campaigns: campaigns.map((each) => ({
          ...each,
          links: [jsonLink(`${url}/campaigns/${pathSegment(each.label)}`, 'item')],
        })),
      };
    },
  });
}
