import { expect, it } from 'vitest';
import { neverFalling } from '#segue/monitoring/never-falling.js';

const counter = (...series: readonly string[]): string => ['# TYPE asked counter', ...series, ''].join('\n');

it('a counter goes on from where it was when a worker took its part with it', () => {
  const told = neverFalling();
  expect(told(counter('asked{a="x y"} 100'))).toBe(counter('asked{a="x y"} 100'));
  expect(told(counter('asked{a="x y"} 60'))).toBe(counter('asked{a="x y"} 100'));
  expect(told(counter('asked{a="x y"} 65'))).toBe(counter('asked{a="x y"} 105'));
  expect(told(counter('asked{a="x y"} 5'))).toBe(counter('asked{a="x y"} 105'));
});

it('so does one that nobody was left to tell of', () => {
  const told = neverFalling();
  told(counter('asked{a="x"} 5', 'asked{a="y"} 1'));
  expect(told(counter('asked{a="y"} 1'))).toBe(counter('asked{a="y"} 1'));
  expect(told(counter('asked{a="x"} 2', 'asked{a="y"} 1'))).toBe(counter('asked{a="x"} 7', 'asked{a="y"} 1'));
});

it('sums that are added in another order do not fall by their last digit', () => {
  const told = neverFalling();
  told(counter(`asked ${0.1 + 0.2 + 0.3}`));
  expect(told(counter(`asked ${0.3 + 0.2 + 0.1}`))).toBe(counter(`asked ${0.1 + 0.2 + 0.3}`));
});

it('histograms are counts too, gauges may fall', () => {
  const told = neverFalling();
  const text = (count: number, gauge: number): string =>
    `# HELP h of\n# TYPE h histogram\nh_bucket{le="+Inf"} ${count}\nh_count ${count}\n# TYPE g gauge\ng ${gauge}\n`;
  told(text(9, 9));
  expect(told(text(4, 4))).toBe(text(9, 4));
});
