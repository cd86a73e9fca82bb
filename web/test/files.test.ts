import { expect, it } from 'vitest';
import { csvOf, m3uOf } from '../src/playlist-files.ts';
import { serviceFigures } from '../src/service-figures.ts';

const track = {
  track_id: '4uLU6hMCjMI75M1A2tKUQC',
  artist_name: 'One, "Two"',
  track_name: '=HYPERLINK("x")\nthen',
  genre: null,
  popularity: 41,
  features: { tempo: -1.5 },
} as unknown as Parameters<typeof csvOf>[0][number];

it('quotes what a spreadsheet would misread, and lets it run nothing', () => {
  expect(csvOf([track])).toBe(
    '\ufefftrack_id,artist_name,track_name,genre,popularity,tempo\r\n' +
      '4uLU6hMCjMI75M1A2tKUQC,"One, ""Two""","\'=HYPERLINK(""x"")\nthen",,41,-1.5\r\n',
  );
});

it('keeps each entry of a list on its two lines', () => {
  expect(m3uOf([track])).toBe(
    '#EXTM3U\n#EXTINF:-1,One, "Two" - =HYPERLINK("x") then\nspotify:track:4uLU6hMCjMI75M1A2tKUQC\n',
  );
});

it('counts the API’s requests only, and says within what time they were answered', () => {
  const text = `# HELP segue_http_requests_total x
segue_http_requests_total{method="GET",route="/v1/clusters",status="200"} 90
segue_http_requests_total{method="GET",route="/v1/runs",status="503"} 10
segue_http_requests_total{method="GET",route="/metrics",status="200"} 1000
segue_http_request_duration_seconds_bucket{le="0.001",route="/v1/clusters"} 49
segue_http_request_duration_seconds_bucket{le="0.002",route="/v1/clusters"} 95
segue_http_request_duration_seconds_bucket{le="+Inf",route="/v1/clusters"} 100
`;
  expect(serviceFigures(text)).toEqual({ requests: 100, errors: 10, p50: 2, p95: 2 });
  expect(serviceFigures('')).toEqual({ requests: 0, errors: 0, p50: null, p95: null });
});
