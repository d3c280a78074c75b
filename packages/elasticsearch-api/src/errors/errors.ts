import { DaybookError } from '@daybook/errors';
import { type Index, shardLayout, shardOf } from '@daybook/search-engine';
import { showValue } from './show-value.ts';

/** A value that is out of place: Elasticsearch's `illegal_argument_exception`. */
export function illegalArgument(message: string, cause?: DaybookError): DaybookError {
  return invalid('illegal_argument_exception', message, cause);
}

/** A request that does not follow its language: `parsing_exception`. */
export function parsingError(message: string, cause?: DaybookError): DaybookError {
  return invalid('parsing_exception', message, cause);
}

/** A field that an object parser does not know or cannot read: `x_content_parse_exception`. */
export function contentParseError(message: string, cause?: DaybookError): DaybookError {
  return invalid('x_content_parse_exception', message, cause);
}

/** Text that cannot be read: `parse_exception`. */
export function parseError(message: string): DaybookError {
  return invalid('parse_exception', message);
}

/** What cannot be done as things stand: Java's `illegal_state_exception`, a fault of status 500. */
export function illegalState(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_state_exception', status: 500 } });
}

/** What Java says of text that is no number. */
export function numberFormatError(value: unknown): DaybookError {
  return invalid('number_format_exception', `For input string: "${showValue(value)}"`);
}

/** What Java says of a text that is no float. */
export function floatFormatError(text: string): DaybookError {
  return text.trim() === '' ? invalid('number_format_exception', 'empty String') : numberFormatError(text);
}

/** Several complaints about one request, numbered as Elasticsearch numbers them. */
export function validationFailed(...complaints: readonly string[]): DaybookError {
  const list = complaints.map((complaint, position) => `${position + 1}: ${complaint};`).join('');
  return invalid('action_request_validation_exception', `Validation Failed: ${list}`);
}

/** Something that Elasticsearch has and this server does not. */
export function unsupported(what: string): DaybookError {
  return new DaybookError('unsupported', `${what} is not supported by this server`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}

/** `resourceType` is what Elasticsearch calls the thing that was named. */
export function indexNotFound(name: string, resourceType = 'index_or_alias'): DaybookError {
  return new DaybookError('not-found', `no such index [${name}]`, {
    detail: {
      reason: 'index_not_found_exception',
      properties: { 'resource.type': resourceType, 'resource.id': name, index_uuid: '_na_', index: name },
    },
  });
}

/** The name is not an alias though the request requires one. */
export function aliasRequired(name: string): DaybookError {
  return new DaybookError(
    'not-found',
    `no such index [${name}] and [require_alias] request flag is [true] and [${name}] is not an alias`,
    { detail: { reason: 'index_not_found_exception', properties: { index_uuid: '_na_', index: name } } },
  );
}

/** The index answers nothing until it is opened. */
export function indexClosed(name: string, uuid: string): DaybookError {
  return new DaybookError('invalid-argument', 'closed', {
    detail: { reason: 'index_closed_exception', properties: { index_uuid: uuid, index: name } },
  });
}

/** There is nothing to update. */
export function documentMissing(id: string, index: Index, routing: string | undefined): DaybookError {
  const shard = String(shardOf(shardLayout(index.settings()), id, routing));
  return new DaybookError('not-found', `[_doc][${id}]: document missing`, {
    detail: {
      reason: 'document_missing_exception',
      properties: { index_uuid: index.uuid, shard, index: index.name },
    },
  });
}

/** No index template, legacy or composable, has the name. */
export function templateMissing(name: string): DaybookError {
  return new DaybookError('not-found', `index_template [${name}] missing`, {
    detail: { reason: 'index_template_missing_exception' },
  });
}

/** None of the aliases stands. */
export function aliasesMissing(names: readonly string[]): DaybookError {
  return new DaybookError('not-found', `aliases [${names.join(', ')}] missing`, {
    detail: {
      reason: 'aliases_not_found_exception',
      properties: { 'resource.type': 'aliases', 'resource.id': names.length === 1 ? names[0] : names },
    },
  });
}

/** No repository of snapshots has the name. */
export function repositoryMissing(name: string): DaybookError {
  return new DaybookError('not-found', `[${name}] missing`, { detail: { reason: 'repository_missing_exception' } });
}

/** Anything else that is missing. */
export function resourceNotFound(message: string): DaybookError {
  return new DaybookError('not-found', message, { detail: { reason: 'resource_not_found_exception' } });
}

/** The caller may not do this. */
export function securityError(message: string): DaybookError {
  return new DaybookError('forbidden', message, { detail: { reason: 'security_exception' } });
}

function invalid(reason: string, message: string, cause?: DaybookError): DaybookError {
  return new DaybookError('invalid-argument', message, {
    detail: { reason },
    ...(cause === undefined ? {} : { cause }),
  });
}
