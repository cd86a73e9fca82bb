/**
 * The scheme of a place on storage that isn't this machine's alone: `s3a` of `s3a://bucket/tracks`. Undefined for a path; a drive's letter is
 * no scheme.
 */
export function schemeOf(place: string): string | undefined {
  return /^([a-z][a-z\d+.-]+):\//i.exec(place)?.[1]?.toLowerCase();
}

/** Whether files there are files of this machine, or of a file system that it shares: a path, or `file:/…`. */
export function isPath(place: string): boolean {
  const scheme = schemeOf(place);
  return scheme === undefined || scheme === 'file';
}
