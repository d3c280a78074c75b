/** How buckets are ordered: by `_count`, `_key`, or a metric's path such as `max_time` or `stats.avg`. */
export interface BucketOrder {
  readonly path: string;
  readonly direction: 'asc' | 'desc';
}
