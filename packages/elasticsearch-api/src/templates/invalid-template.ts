import { DaybookError } from '@daybook/errors';

/** A composable template that makes no sense. */
export function invalidTemplate(name: string, cause: string): DaybookError {
  return new DaybookError('invalid-argument', `index_template [${name}] invalid, cause [${cause}]`, {
    detail: { reason: 'invalid_index_template_exception' },
  });
}
