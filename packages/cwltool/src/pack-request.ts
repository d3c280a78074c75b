import type { JsonObject } from './json.ts';

/** Where documents may be fetched from. It holds for every document and every redirect of one pack. */
export interface FetchPolicy {
  /** `file:` URLs are allowed below these directories only (symbolic links resolved). Default: none. */
  readonly fileRoots?: readonly string[];
  /** URL prefix → local directory that is read instead; consulted first, the longest prefix wins. */
  readonly localFolders?: Readonly<Record<string, string>>;
  /** Whether http and https may reach loopback, private, link-local and multicast addresses. Default false. */
  readonly allowPrivateAddresses?: boolean;
  /** Host names that may be reached whatever their address. */
  readonly allowedHosts?: readonly string[];
  /** Bytes of one document. Default 10 MiB. */
  readonly maxBytes?: number;
  /** For one document, redirects counted in. Default 20,000. */
  readonly timeoutMs?: number;
}

/** Exchanges a program that documents name for another one. */
export interface ToolReplacement {
  /** A CommandLineTool that names this program as its command, or as the script of a `python` or `python3`, is replaced. */
  readonly program: string;
  /** What it runs instead. Its other arguments and its inputs stay; its DockerRequirement goes. */
  readonly baseCommand: readonly string[];
}

/** A document to fetch, validate and pack. */
export interface PackRequest {
  /** A URL (`file:`, `http:` or `https:`), or the text itself with the URL that its relative references are resolved against. */
  readonly source: { readonly url: string } | { readonly text: string; readonly baseUrl: string };
  /** Which process of a `$graph` document becomes the main one; default `main`, or the only one. */
  readonly workflow?: string;
  readonly fetchPolicy?: FetchPolicy;
  /** Default {@link UPDATE_JOB_REPLACEMENTS}. */
  readonly replacements?: readonly ToolReplacement[];
  /** For the whole of fetching, validating and packing. Default 60,000. */
  readonly timeLimitMs?: number;
}

/** A document that needs nothing outside itself. */
export interface PackedDocument {
  /** A single process, or `$graph` with the main one as `#main`. */
  readonly document: JsonObject;
  readonly cwlVersion: string;
  /** The documents that were fetched, in the order of their URLs. */
  readonly urls: readonly string[];
  /** The ids of the tools that were replaced. */
  readonly replacedTools: readonly string[];
}

/** The Update Job step of existing workflows: its program is a script of a container image, and becomes our `update-job`. */
export const UPDATE_JOB_REPLACEMENTS: readonly ToolReplacement[] = [
  { program: '/usr/app/publish_job.py', baseCommand: ['update-job'] },
  { program: '/usr/app/publish_sns.py', baseCommand: ['update-job'] },
];
