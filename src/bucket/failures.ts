import { SegueError } from '../core/errors.js';

/** Whether an error of the SDK stands for an answer with one of these HTTP statuses. */
export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return statuses.includes($metadata?.httpStatusCode ?? 0);
}

/** Whether an error of the SDK has that S3 error code (`NoSuchBucket`, …). */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** The bucket didn't do what was asked: it can't be reached, isn't there, or doesn't let us. */
export function unreachable(address: string, cause: unknown): SegueError {
  const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) };
  return new SegueError('SEGUE_REGISTRY_UNREACHABLE', {
    what: `The registry's bucket did not answer as it should: ${[name, message].filter(Boolean).join(': ')}`,
    value: address,
    mend: 'Check the bucket’s name, AWS_ENDPOINT_URL_S3, AWS_REGION and the credentials; they need GetObject, PutObject, DeleteObject and ListBucket.',
    cause,
  });
}
