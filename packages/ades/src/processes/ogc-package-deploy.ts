import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import { type TSchema, Type } from 'typebox';
import { showValue } from '../http/show-value.ts';
import { INLINE_BASE_URL, isCwlMediaType } from './cwl-media-type.ts';
import type { DeployCommand } from './deploy-command.ts';
import { type DockerParameters, dockerTool, isDockerUnit } from './docker-unit.ts';
import { declaredJobControlOptions } from './job-control-options.ts';

/** The media type of an application package. */
export const PACKAGE_MEDIA_TYPE = 'application/ogcapppkg+json';

/** An application package (OGC API – Processes Part 2, ogcapppkg). The description may stand in `process` or at the top. */
export interface OgcPackageBody {
  readonly processDescription?: PackageDescription & { readonly process?: PackageDescription };
  readonly executionUnit: unknown;
}

interface PackageDescription extends DockerParameters {
  readonly id?: string;
  readonly version?: string;
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly jobControlOptions?: readonly string[];
}

const description = {
  id: Type.Optional(Type.String()),
  version: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  keywords: Type.Optional(Type.Array(Type.String())),
  jobControlOptions: Type.Optional(Type.Array(Type.String())),
};

/** What an application package must be. */
export const ogcPackageSchema: TSchema = Type.Object({
  processDescription: Type.Optional(Type.Object({ ...description, process: Type.Optional(Type.Object(description)) })),
  executionUnit: Type.Unknown({
    description:
      'A link {href, type}, a qualified value {value, mediaType}, a container {type: docker, image}, or an array of which the first counts',
  }),
});

/** What an application package asks for. Throws `unsupported` for an execution unit that is neither CWL nor a container image. */
export function parseOgcPackage(body: OgcPackageBody, workflow: string | undefined): DeployCommand {
  const described = body.processDescription?.process ?? body.processDescription ?? {};
  const unit = Array.isArray(body.executionUnit) ? body.executionUnit[0] : body.executionUnit;
  const { processId, namesVersion } = splitId(described.id ?? workflow, described.version);
  return {
    form: 'ogc',
    processId,
    version: described.version,
    namesVersion,
    title: described.title,
    abstract: described.description,
    keywords: described.keywords ?? [],
    source: sourceOf(unit, described),
    workflow,
    executionUnit: unitName(unit),
    immediateDeployment: true,
    jobControlOptions: declaredJobControlOptions(described.jobControlOptions),
    outputTransmission: ['value', 'reference'],
    inputs: [],
    outputs: [],
    package: { mediaType: PACKAGE_MEDIA_TYPE, body: JSON.stringify(body) },
  };
}

/** An id that ends with the version as in `l1b:2` is that of one version beside others. */
function splitId(
  id: string | undefined,
  version: string | undefined,
): Pick<DeployCommand, 'processId' | 'namesVersion'> {
  const suffix = `:${version}`;
  if (id === undefined || version === undefined || id === suffix || !id.endsWith(suffix)) {
    return { processId: id, namesVersion: false };
  }
  return { processId: id.slice(0, -suffix.length), namesVersion: true };
}

function unitName(unit: unknown): string {
  if (!isJsonObject(unit)) return '';
  const name = isDockerUnit(unit) ? unit.image : unit.href;
  return typeof name === 'string' ? name : '';
}

function sourceOf(unit: unknown, described: DockerParameters): DeployCommand['source'] {
  if (isDockerUnit(unit)) return { text: JSON.stringify(dockerTool(unit, described)), baseUrl: INLINE_BASE_URL };
  if (isJsonObject(unit)) {
    const type = unit.type ?? unit.mediaType;
    if (type !== undefined && !(typeof type === 'string' && isCwlMediaType(type))) {
      throw new DaybookError(
        'unsupported',
        `executionUnit of type ${showValue(type)} cannot be run here: expected application/cwl or docker`,
      );
    }
    if (typeof unit.href === 'string' && URL.canParse(unit.href)) return { url: unit.href };
    if (typeof unit.value === 'string') return { text: unit.value, baseUrl: INLINE_BASE_URL };
    if (isJsonObject(unit.value)) return { text: JSON.stringify(unit.value), baseUrl: INLINE_BASE_URL };
  }
  throw new DaybookError(
    'invalid-argument',
    `executionUnit must have an href (absolute URL of a CWL document) or a value (the document), not ${showValue(unit)}`,
  );
}
