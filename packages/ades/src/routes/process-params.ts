import { type TObject, type TString, Type } from 'typebox';

/** Path parameters of a process's resources. */
export const processParams: TObject<{ processId: TString }> = Type.Object({
  processId: Type.String({ description: '`<id>:<version>` of a process deployed in the WPS-T form, else its id' }),
});

/** Path parameters of a process's jobs. */
export const processJobParams: TObject<{ processId: TString; jobId: TString }> = Type.Object({
  processId: Type.String(),
  jobId: Type.String(),
});

/** Path parameters of a job. */
export const jobParams: TObject<{ jobId: TString }> = Type.Object({ jobId: Type.String() });
