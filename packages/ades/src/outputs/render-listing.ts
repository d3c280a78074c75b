import type { EntryPage } from '@daybook/output-store';
import { pathSegment } from '../http/base-url.ts';
import { jsonLink, type Link } from '../http/links.ts';

/** A Directory output as JSON. */
export interface DirectoryListing {
  readonly entries: readonly ListingEntry[];
  /** `next`, where there are more entries. */
  readonly links: readonly Link[];
}

/** One entry of a Directory output. */
interface ListingEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
  /** Bytes, of a file. */
  readonly size?: number;
  readonly href: string;
}

/** A page of a directory that is found at `url`, which has no slash at its end. */
export function renderListing(page: EntryPage, url: string, limit: number): DirectoryListing {
  const { nextAfter } = page;
  return {
    entries: page.entries.map(({ name, kind, sizeBytes }) => ({
      name,
      kind,
      ...(sizeBytes !== undefined && { size: sizeBytes }),
      href: `${url}/${pathSegment(name)}`,
    })),
    links: [
      jsonLink(url, 'self'),
      ...(nextAfter === undefined
        ? []
        : [jsonLink(`${url}?limit=${limit}&after=${encodeURIComponent(nextAfter)}`, 'next')]),
    ],
  };
}
