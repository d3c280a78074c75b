import { failure } from './failure.ts';

/** Who is let do what with a queue or a topic, under a label. */
export interface Permission {
  readonly label: string;
  readonly accountIds: readonly string[];
  /** Without the service's prefix; `*` stands for all. */
  readonly actions: readonly string[];
}

const OWNER_ACTIONS = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
];

type Statement = Readonly<Record<string, unknown>>;
type Policy = Readonly<Record<string, unknown>> & { readonly Statement: readonly Statement[] };

/** A policy with one more statement, as AddPermission makes it. The policy is kept and shown; it has no effect here. */
export function addPermission(
  policy: string | undefined,
  { label, accountIds, actions }: Permission,
  { service, arn }: { readonly service: 'SQS' | 'SNS'; readonly arn: string },
): string {
  const current = parsePolicy(policy);
  if (!/^[\w-]{1,80}$/.test(label)) throw wrongLabel(label, '1 to 80 letters, digits, hyphens and underscores.');
  if (current.Statement.some(({ Sid }) => Sid === label)) throw wrongLabel(label, 'Already exists.');
  const wrong = accountIds.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined || accountIds.length === 0 || actions.length === 0) {
    throw failure(
      'InvalidParameterValue',
      `Value ${JSON.stringify(wrong?.slice(0, 200) ?? '')} for parameter PrincipalId is invalid. Reason: a permission has actions, and accounts of twelve digits.`,
    );
  }
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrAll(accountIds.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrAll(actions.map((action) => `${service}:${action}`)),
    Resource: arn,
  };
  return JSON.stringify({ ...current, Statement: [...current.Statement, statement] });
}

/** A policy without the statement of a label, as RemovePermission makes it; empty when none is left. */
export function removePermission(policy: string | undefined, label: string): string {
  const current = parsePolicy(policy);
  const statements = current.Statement.filter(({ Sid }) => Sid !== label);
  if (statements.length === current.Statement.length) throw wrongLabel(label, "can't find label on existing policy.");
  return statements.length === 0 ? '' : JSON.stringify({ ...current, Statement: statements });
}

/** The policy of a topic of which none was set: its owner may do everything. */
export function defaultTopicPolicy(arn: string, accountId: string): string {
  const statement = {
    Sid: '__default_statement_ID',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: OWNER_ACTIONS.map((action) => `SNS:${action}`),
    Resource: arn,
    Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
  };
  return JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [statement] });
}

function parsePolicy(text: string | undefined): Policy {
  const empty = { Version: '2008-10-17', Statement: [] };
  if (text === undefined || text === '') return empty;
  try {
    const policy = JSON.parse(text);
    const { Statement = [] } = policy;
    return { ...policy, Statement: [Statement].flat() };
  } catch {
    // What somebody set as a policy and is none is replaced.
    return empty;
  }
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

function wrongLabel(label: string, reason: string): Error {
  return failure(
    'InvalidParameterValue',
    `Value ${JSON.stringify(label.slice(0, 200))} for parameter Label is invalid. Reason: ${reason}`,
  );
}
