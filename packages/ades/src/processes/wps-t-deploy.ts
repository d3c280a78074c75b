import type { JsonObject } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { type TSchema, Type } from 'typebox';
import { showValue } from '../http/show-value.ts';
import type { DeployCommand } from './deploy-command.ts';
import { declaredJobControlOptions } from './job-control-options.ts';
import { checkProcessName } from './process-id.ts';
import type { DeclaredParameter } from './process-record.ts';

/** A WPS-T deploy body, as far as it is read; clients send more. */
export interface WpsTDeployBody {
  readonly processDescription: {
    readonly process: {
      readonly id: string;
      readonly title?: string;
      readonly abstract?: string;
      readonly keywords?: string | readonly string[];
      readonly owsContext: { readonly offering: { readonly content: { readonly href: string } } };
      readonly inputs?: readonly DeclaredParameter[];
      readonly outputs?: readonly DeclaredParameter[];
    };
    readonly processVersion: string | number;
    readonly jobControlOptions?: readonly string[];
    readonly outputTransmission?: readonly string[];
  };
  readonly immediateDeployment?: boolean | string;
  readonly executionUnit?: readonly { readonly href: string }[];
}

const parameters = Type.Array(
  Type.Object({
    id: Type.String(),
    title: Type.Optional(Type.String()),
    formats: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()))),
  }),
);

const example = {
  processDescription: {
    process: {
      id: 'l1b-cwl',
      title: 'L1B',
      abstract: 'Brightness temperatures from counts',
      keywords: [],
      owsContext: {
        offering: {
          code: 'http://www.opengis.net/eoc/applicationContext/cwl',
          content: { href: 'https://example.org/workflow.cwl' },
        },
      },
      inputs: [],
      outputs: [],
    },
    processVersion: 'develop',
    jobControlOptions: ['async-execute'],
    outputTransmission: ['reference'],
  },
  immediateDeployment: true,
  executionUnit: [{ href: 'docker.registry/ndvims:latest' }],
  deploymentProfileName: 'http://www.opengis.net/profiles/eoc/dockerizedApplication',
};

const process = Type.Object({
  id: Type.String(),
  title: Type.Optional(Type.String()),
  abstract: Type.Optional(Type.String()),
  keywords: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
  owsContext: Type.Object({
    offering: Type.Object({
      code: Type.Optional(Type.String()),
      content: Type.Object({ href: Type.String({ description: 'URL of the CWL document' }) }),
    }),
  }),
  inputs: Type.Optional(parameters),
  outputs: Type.Optional(parameters),
});

/** What a WPS-T deploy body must be. */
export const wpsTDeploySchema: TSchema = Type.Object(
  {
    processDescription: Type.Object({
      process,
      processVersion: Type.Union([Type.String(), Type.Number()]),
      jobControlOptions: Type.Optional(Type.Array(Type.String())),
      outputTransmission: Type.Optional(Type.Array(Type.String())),
    }),
    immediateDeployment: Type.Optional(Type.Union([Type.Boolean(), Type.String()])),
    executionUnit: Type.Optional(Type.Array(Type.Object({ href: Type.String() }))),
    deploymentProfileName: Type.Optional(Type.String()),
  },
  { example },
);

/** What a WPS-T deploy body asks for. Throws `invalid-argument` for an id, version or URL that cannot be one. */
export function parseWpsTDeploy(body: WpsTDeployBody): DeployCommand {
  const { process: described, processVersion, jobControlOptions, outputTransmission } = body.processDescription;
  const version = String(processVersion);
  checkProcessName('processDescription.process.id', described.id);
  checkProcessName('processDescription.processVersion', version);
  const { href } = described.owsContext.offering.content;
  if (!URL.canParse(href)) {
    throw new DaybookError(
      'invalid-argument',
      `owsContext.offering.content.href must be the absolute URL of a CWL document, not ${showValue(href)}`,
    );
  }
  return {
    form: 'wps-t',
    processId: described.id,
    version,
    namesVersion: true,
    title: described.title,
    abstract: described.abstract,
    keywords: keywordsOf(described.keywords),
    source: { url: href },
    workflow: undefined,
    executionUnit: body.executionUnit?.[0]?.href ?? '',
    immediateDeployment: String(body.immediateDeployment ?? true) === 'true',
    jobControlOptions: declaredJobControlOptions(jobControlOptions),
    outputTransmission: outputTransmission ?? ['reference'],
    inputs: (described.inputs ?? []).map(declared),
    outputs: (described.outputs ?? []).map(declared),
    package: { mediaType: 'application/json', body: JSON.stringify(body) },
  };
}

function keywordsOf(keywords: string | readonly string[] | undefined): readonly string[] {
  if (typeof keywords !== 'string') return keywords ?? [];
  return keywords
    .split(',')
    .map((keyword) => keyword.trim())
    .filter((keyword) => keyword !== '');
}

function declared({ id, title, formats }: DeclaredParameter): DeclaredParameter {
  return {
    id,
    ...(title !== undefined && { title }),
    ...(formats !== undefined && formats.length > 0 && { formats: formats as readonly JsonObject[] }),
  };
}
