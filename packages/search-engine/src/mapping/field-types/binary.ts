import type { ValueCondition } from '../field-type.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { mappingError, valueError } from '../mapping-errors.ts';
import type { ParameterValues } from '../parameter.ts';
import { booleanParameter, parseParameters, unusedParameter } from '../parameter.ts';
import { tokenOf } from './number-field.ts';

const { store, meta } = COMMON_PARAMETERS;
const PARAMETERS = { doc_values: booleanParameter(false), store, boost: unusedParameter(), meta };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** Bytes in Base64, which nobody searches: only with doc values, or stored, is it known which documents have some. */
class BinaryField extends LeafField {
  override readonly form = 'string';

  constructor(site: FieldSite, parameters: ParameterValues<typeof PARAMETERS>) {
    super(binary, site, { ...parameters, index: false, copy_to: [] });
  }

  index(value: unknown, sink: ValueSink): void {
    if (typeof value !== 'string') {
      throw valueError(
        `Current token (${tokenOf(value)}) not VALUE_STRING or VALUE_EMBEDDED_OBJECT, can not access as binary`,
        { type: 'json_parse_exception' },
      );
    }
    if (!BASE64.test(value)) {
      throw valueError(
        'Failed to decode VALUE_STRING as base64 (MIME-NO-LINEFEEDS): Illegal character in base64 content',
        {
          type: 'json_parse_exception',
        },
      );
    }
    // compat: shown without its padding.
    if (this.docValues || this.stored) sink.string(this.column, value.replace(/=+$/, ''));
  }

  termCondition(): ValueCondition {
    throw mappingError('query_shard_exception', 'Binary fields do not support searching');
  }

  rangeCondition(): ValueCondition {
    throw mappingError(
      'illegal_argument_exception',
      `Field [${this.path}] of type [binary] does not support range queries`,
    );
  }
}

/** Bytes. */
export const binary: FieldTypeDefinition = {
  name: 'binary',
  parameters: PARAMETERS,
  build: (site) => {
    // compat: whether it is to be searched may be said, and is not heard.
    const { index: _, ...json } = site.json;
    return new BinaryField({ ...site, json }, parseParameters(PARAMETERS, json, { path: site.path, type: 'binary' }));
  },
};
