import { dashboard } from './dashboard.js';
import { figure, lines } from './panels.js';
import { processes } from './processes.js';

const ASKED = 'job="$job",route!~"/healthz|/readyz|/metrics"';
const PREDICT = 'job="$job",route="/v1/predict/cluster"';

function quantile(share: number): readonly [string, string] {
  const buckets = `rate(segue_http_request_duration_seconds_bucket{${PREDICT}}[$__rate_interval])`;
  return [`histogram_quantile(${share}, sum by (le) (${buckets}))`, `P${share * 100}`];
}

/** Is the service quick, and does it answer? */
export const service = dashboard({
  uid: 'segue-service',
  title: 'Segue: service',
  description: 'Is the service quick, and does it answer?',
  from: 'now-6h',
  rows: [
    [
      'Now',
      [
        figure({
          title: 'Replicas that answer',
          description: 'Targets whose last scrape succeeded.',
          unit: 'short',
          series: [['sum(up{job="$job"})', '']],
          alert: 'SegueDown',
          span: 6,
        }),
        figure({
          title: 'Requests a second',
          description: 'Over the last minutes, without probes and scrapes.',
          unit: 'reqps',
          series: [[`sum(rate(segue_http_requests_total{${ASKED}}[$__rate_interval]))`, '']],
          span: 6,
          decimals: 1,
        }),
        figure({
          title: 'P95 of predictions',
          description: 'One in twenty takes longer; the limit is 50 ms.',
          unit: 's',
          series: [quantile(0.95)],
          limit: { above: 0.05 },
          alert: 'SegueSlow',
          span: 6,
        }),
        figure({
          title: 'Share that fails',
          description: 'Answers with 5xx; the limit is 0.5 %.',
          unit: 'percentunit',
          series: [
            [
              `sum(rate(segue_http_requests_total{${ASKED},status=~"5.."}[$__rate_interval]) or vector(0)) / sum(rate(segue_http_requests_total{${ASKED}}[$__rate_interval]))`,
              '',
            ],
          ],
          limit: { above: 0.005 },
          alert: 'SegueErrors',
          span: 6,
          decimals: 2,
        }),
      ],
    ],
    [
      'Requests',
      [
        lines({
          title: 'How long do predictions take?',
          description:
            'From the arrival of the headers to the last byte, single tracks; the dashed line is where the alert begins.',
          unit: 's',
          series: [quantile(0.5), quantile(0.95), quantile(0.99)],
          limit: { above: 0.05 },
          alert: 'SegueSlow',
          span: 12,
          min: 0,
        }),
        lines({
          title: 'What is asked?',
          description: 'Requests a second by operation.',
          unit: 'reqps',
          series: [
            [`sum by (route) (rate(segue_http_requests_total{${ASKED}}[$__rate_interval]))`, '{{route}}'],
          ],
          span: 12,
          min: 0,
        }),
        lines({
          title: 'How are requests answered?',
          description:
            '401: no valid key. 422: breaks the rules. 429: beyond a limit. 503: turned away so that others stay quick. 499: the client went away.',
          unit: 'reqps',
          series: [
            [`sum by (status) (rate(segue_http_requests_total{${ASKED}}[$__rate_interval]))`, '{{status}}'],
          ],
          alert: 'SegueErrors',
          span: 12,
          min: 0,
        }),
        lines({
          title: 'What is refused, and where?',
          description:
            'Answers that are problems, by status and operation. Floods of 401 or 429 are tried keys.',
          unit: 'reqps',
          series: [
            [
              `sum by (status, route) (rate(segue_http_requests_total{${ASKED},status=~"4..|5.."}[$__rate_interval]))`,
              '{{status}} {{route}}',
            ],
          ],
          alert: 'SegueKeysRefused',
          span: 12,
          min: 0,
        }),
      ],
    ],
    ['Processes', processes],
  ],
});
