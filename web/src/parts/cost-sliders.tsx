import { runSeconds } from '../../../dist/costs/demand.js';
import { HOURS, LIMITS, type Load } from '../../../dist/costs/load.js';
import { useTalk } from '../i18n/words.ts';
import { Slider } from './slider.tsx';

export interface CostSlidersProps {
  readonly load: Load;
  /** The busiest hour against the mean. */
  readonly peak: number;
  /** Takes parameters of the address. */
  readonly onChange: (changes: Readonly<Record<string, string>>) => void;
}

/** Fewest requests that the slider gives; the address may name fewer. */
const LEAST_REQUESTS = 1000;

/** Most retrains that the slider gives: two a day. */
const MOST_RETRAINS = 62;

/** Requests, tracks and retrains of a month. */
export function CostSliders({ load, peak, onChange: change }: CostSlidersProps) {
  const { say, count, number } = useTalk();
  const aSecond = load.requestsPerMonth / (HOURS * 3600);
  return (
    <div class="maker">
      <Slider
        label={say('costs.requests')}
        value={load.requestsPerMonth}
        shown={count(load.requestsPerMonth)}
        least={LEAST_REQUESTS}
        most={LIMITS.requestsPerMonth.most}
        isByTimes
        note={say('costs.aSecond', { mean: number(aSecond, 1), peak: number(aSecond * peak, 1) })}
        onChange={(requests) => change({ requests: String(requests) })}
      />
      <Slider
        label={say('costs.tracks')}
        value={load.tracks}
        shown={count(load.tracks)}
        least={LIMITS.tracks.least}
        most={LIMITS.tracks.most}
        isByTimes
        note={say('costs.run', { seconds: number(runSeconds(load.tracks), 1) })}
        onChange={(tracks) => change({ tracks: String(tracks) })}
      />
      <Slider
        label={say('costs.retrains')}
        value={load.retrainsPerMonth}
        shown={short(number, load.retrainsPerMonth)}
        least={LIMITS.retrainsPerMonth.least}
        most={MOST_RETRAINS}
        note={say('costs.weekly')}
        onChange={(retrains) => change({ retrains: String(retrains) })}
      />
    </div>
  );
}

/** A decimal only where there is one. */
export function short(number: (value: number, digits?: number) => string, value: number): string {
  return number(value, Number.isInteger(value) ? 0 : 1);
}
