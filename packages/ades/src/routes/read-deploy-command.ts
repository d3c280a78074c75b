import type { FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { exception } from '../http/exception.ts';
import { parseCwlDeploy } from '../processes/cwl-deploy.ts';
import { CWL_MEDIA_TYPES } from '../processes/cwl-media-type.ts';
import type { DeployCommand } from '../processes/deploy-command.ts';
import {
  type OgcPackageBody,
  ogcPackageSchema,
  PACKAGE_MEDIA_TYPE,
  parseOgcPackage,
} from '../processes/ogc-package-deploy.ts';
import { parseWpsTDeploy, type WpsTDeployBody, wpsTDeploySchema } from '../processes/wps-t-deploy.ts';

const cwlSchema = Type.String({ description: 'A CWL document' });

/** The bodies of deploy and replace by media type, for their routes' schemas. */
export const deployBodySchema: { readonly content: Readonly<Record<string, { readonly schema: TSchema }>> } = {
  content: {
    'application/json': { schema: wpsTDeploySchema },
    [PACKAGE_MEDIA_TYPE]: { schema: ogcPackageSchema },
    ...Object.fromEntries(CWL_MEDIA_TYPES.map((mediaType) => [mediaType, { schema: cwlSchema }])),
  },
};

/** What the body of a deploy or replace request asks for. It was checked against the schema of its media type. */
export function readDeployCommand(request: FastifyRequest, workflow: string | undefined): DeployCommand {
  const mediaType = (request.headers['content-type'] ?? '').replace(/;.*$/, '').trim().toLowerCase();
  const body: unknown = request.body;
  if (mediaType === 'application/json') return parseWpsTDeploy(body as WpsTDeployBody);
  if (mediaType === PACKAGE_MEDIA_TYPE) return parseOgcPackage(body as OgcPackageBody, workflow);
  if (typeof body === 'string') return parseCwlDeploy(body, mediaType, workflow);
  throw exception(
    'unsupported-media-type',
    `A deploy needs a body of type ${Object.keys(deployBodySchema.content).join(', ')}`,
  );
}
