import { type TArray, type TNumber, type TOptional, type TString, Type } from 'typebox';

const texts = (description: string): TOptional<TArray<TString>> =>
  Type.Optional(Type.Array(Type.String(), { description }));
const seconds = (): TOptional<TNumber> => Type.Optional(Type.Number({ minimum: 0, description: 'Seconds' }));
const text = (description: string): TOptional<TString> =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description }));

/** The query parameters that select jobs, wherever they are listed or followed. */
export const jobFilterQuery: {
  processID: TOptional<TArray<TString>>;
  status: TOptional<TArray<TString>>;
  label: TOptional<TArray<TString>>;
  user: TOptional<TArray<TString>>;
  input: TOptional<TArray<TString>>;
  'error-class': TOptional<TArray<TString>>;
  q: TOptional<TString>;
  datetime: TOptional<TString>;
  minDuration: TOptional<TNumber>;
  maxDuration: TOptional<TNumber>;
} = {
  processID: texts('Any of these processes'),
  status: texts('Any of these statuses'),
  label: texts('All of these labels'),
  user: texts('Any of these users'),
  input: texts('All of these inputs, each name=value'),
  'error-class': texts('Any of these classes of errors'),
  q: text('Query string of Lucene over all fields of the jobs'),
  datetime: text('Time or interval of the submission'),
  minDuration: seconds(),
  maxDuration: seconds(),
};
