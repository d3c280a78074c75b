/** The deploy body of the WPS-T reference. */
export function deployBody(id = 'l1b-cwl', href = 'https://cwl.test/workflow.cwl'): Record<string, unknown> {
  return {
    processDescription: {
      process: {
        id,
        title: 'L1B processing',
        abstract: 'Brightness temperatures',
        keywords: [],
        owsContext: { offering: { code: 'http://www.opengis.net/eoc/applicationContext/cwl', content: { href } } },
        inputs: [
          {
            id: 'input_collection_id',
            title: 'The collection',
            formats: [{ mimeType: 'text', default: true }],
          },
        ],
        outputs: [{ id: 'output', title: 'The product', formats: [{ mimeType: 'image/tiff', default: true }] }],
      },
      processVersion: 'develop',
      jobControlOptions: ['async-execute'],
      outputTransmission: ['reference'],
    },
    immediateDeployment: true,
    executionUnit: [{ href: 'docker.registry/ndvims:latest' }],
    deploymentProfileName: 'http://www.opengis.net/profiles/eoc/dockerizedApplication',
  };
}

/** The inputs of the reference's execute body. */
export const l1bInputs = {
  input_collection_id: 'SNDR_SNPP_ATMS_L1A___1',
  start_datetime: '2016-01-14T08:00:00Z',
  stop_datetime: '2016-01-14T11:59:59Z',
  output_collection_id: 'SNDR_SNPP_ATMS_L1B_OUTPUT___1',
};

/** The execute body of the reference. */
export function executeBody(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    mode: 'async',
    response: 'document',
    inputs: Object.entries(l1bInputs).map(([id, data]) => ({ id, data })),
    outputs: [{ id: 'output', transmissionMode: 'reference' }],
    labels: ['re-processing-3', 'release23.3', '08-08-23'],
    ...change,
  };
}
