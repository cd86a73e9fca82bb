import { noticeOf } from '#segue/notices/notice.js';

export const NOTICE = noticeOf({
  run: '2026-11-23T05-00-00Z',
  event: 'refused',
  at: '2026-11-23T05:01:00.000Z',
  what: 'The gate refused model m-0a1b2c3d4e5f.',
  why: ['silhouette_euclidean is 0.1900; the limit is 0.2000, the least that the policy allows.'],
  production: 'm-ffffffffffff',
  what_to_do: 'Read the run’s decision.',
});
