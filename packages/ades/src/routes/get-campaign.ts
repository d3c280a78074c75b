import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import { findCampaign } from '../campaigns/campaign.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { exception } from '../http/exception.ts';
import { jsonLink, ogcRelation } from '../http/links.ts';
import { campaignSchema, responses } from '../http/schemas.ts';

/** `GET /campaigns/{label}`: how all jobs of a label are. */
export function getCampaign(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/campaigns/:label',
    schema: {
      tags: ['Campaigns'],
      summary: 'How all jobs of a label are',
      params: Type.Object({ label: Type.String() }),
      response: responses({ 200: campaignSchema }, 404, 503),
    },
    handler: async (request) => {
      const { label } = request.params;
      const campaign = await findCampaign(context.database, label);
      if (campaign === undefined) {
        throw exception('no-such-campaign', `No job has the label ${JSON.stringify(label.slice(0, 200))}`);
      }
      const url = baseUrl(request, context.publicUrl);
      const links = [
        jsonLink(`${url}/campaigns/${pathSegment(label)}`, 'self'),
        jsonLink(`${url}/jobs?label=${encodeURIComponent(label)}`, ogcRelation('job-list'), 'its jobs'),
      ];
      return { ...campaign, links };
    },
  });
}
