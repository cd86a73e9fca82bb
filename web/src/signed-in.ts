const MARK = 'segue-signed-in';

/** Whether this browser has signed in before: only then is it worth asking. The session itself is in a cookie that pages can't read. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(MARK) !== null;
}

export function noteSignedIn(signedIn: boolean): void {
  if (signedIn) localStorage.setItem(MARK, 'yes');
  else localStorage.removeItem(MARK);
}
