import { SegueError } from '../core/errors.js';

/** Where in an S3-compatible store a registry lies. */
export interface BucketAddress {
  readonly bucket: string;
  /** Begins every key: empty, or ends with a slash. */
  readonly prefix: string;
}

/** Names of buckets as S3 has them: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9!_.*'()/-]*$/;

/**
 * Reads `s3://bucket` or `s3://bucket/some/prefix`.
 *
 * @throws SegueError SEGUE_USAGE
 */
export function parseBucketAddress(text: string): BucketAddress {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(text) ?? [];
  const parts = path.split('/').filter((part) => part !== '');
  if (!BUCKET.test(bucket) || !PREFIX.test(path) || parts.includes('..'))
    throw new SegueError('SEGUE_USAGE', {
      what: 'The registry is not the address of a bucket',
      value: text,
      limit: 's3://bucket or s3://bucket/prefix',
      mend: 'Correct --registry or SEGUE_REGISTRY.',
    });
  return { bucket, prefix: parts.map((part) => `${part}/`).join('') };
}
