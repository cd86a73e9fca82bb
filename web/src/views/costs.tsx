import { type Bill, driversOf, ITEMS, PROVIDERS } from '../../../dist/costs/bill.js';
import { ASSUMED, LIMITS, type Load, SPECIFICATION_EUR, SPECIFIED } from '../../../dist/costs/load.js';
import { MEASURED } from '../../../dist/costs/measured.js';
import { monthAt, monthAtLevels } from '../../../dist/costs/month.js';
import { PRICES_DATE, USD_PER_EUR } from '../../../dist/costs/prices.js';
import { CostBars } from '../charts/cost-bars.tsx';
import { useTalk } from '../i18n/words.ts';
import { BillTable } from '../parts/bill-table.tsx';
import { CostSliders, short } from '../parts/cost-sliders.tsx';
import { addressOf, go } from '../url.ts';
import type { ViewProps } from '../views.tsx';

const FEWEST = [1, 2, 3] as const;

const change = (changes: Readonly<Record<string, string | undefined>>): void =>
  go(addressOf('/costs', changes), 'replace');

/** What a month costs at the traffic that is set, and what drives it; reckoned in the page, by the model of `segue costs`. */
export default function CostsView({ params }: ViewProps) {
  const { say, number, count, percent } = useTalk();
  const provider = PROVIDERS.find((one) => one === params.get('provider')) ?? 'hetzner';
  const fewest = FEWEST.find((one) => String(one) === params.get('instances')) ?? ASSUMED.minInstances;
  const load: Load = {
    tracks: asked(params, 'tracks', 'tracks'),
    requestsPerMonth: asked(params, 'requests', 'requestsPerMonth'),
    retrainsPerMonth: asked(params, 'retrains', 'retrainsPerMonth'),
  };
  const assumed = { ...ASSUMED, minInstances: fewest };
  const bill = monthAt(provider, load, assumed);
  return (
    <>
      <h1 tabIndex={-1}>{say('costs.title')}</h1>
      <p class="lead" aria-live="polite">
        {say('costs.lead', {
          provider: say(`costs.provider.${provider}`),
          total: number(bill.total),
          share: percent(bill.total / SPECIFICATION_EUR, 0),
          specification: SPECIFICATION_EUR,
        })}
      </p>
      <section class="card no-print" aria-label={say('costs.settings')}>
        <div class="choices" role="group" aria-label={say('costs.provider')}>
          {PROVIDERS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === provider}
              onClick={() => change({ provider: one === 'hetzner' ? undefined : one })}
            >
              {say(`costs.provider.${one}`)}
            </button>
          ))}
        </div>
        <CostSliders load={load} peak={assumed.peak} onChange={change} />
        <div class="choices" role="group" aria-label={say('costs.fewest')}>
          {FEWEST.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === fewest}
              onClick={() => change({ instances: one === ASSUMED.minInstances ? undefined : String(one) })}
            >
              {say(`costs.fewest${one}`)}
            </button>
          ))}
        </div>
      </section>
      <section class="card">
        <h2>{say('costs.drives')}</h2>
        <p>
          <Driver bill={bill} />
        </p>
        <ul class="counts" aria-hidden="true">
          {ITEMS.map((item) => (
            <li key={item}>
              <span class={`swatch item-${item}`} />
              {say(`costs.item.${item}`)}
            </li>
          ))}
        </ul>
        <CostBars
          bills={monthAtLevels(provider, load, assumed)}
          chosen={load.requestsPerMonth}
          limit={SPECIFICATION_EUR}
        />
      </section>
      <section class="card">
        <h2>{say('costs.bill')}</h2>
        <p class="note">
          {say('costs.instances', {
            requests: count(load.requestsPerMonth),
            tracks: count(load.tracks),
            retrains: short(number, load.retrainsPerMonth),
            count: bill.instances.count,
            vcpus: short(number, bill.instances.vcpus),
            memory: short(number, bill.instances.memory),
          })}
        </p>
        <BillTable bill={bill} />
      </section>
      <Sources />
    </>
  );
}

function Driver({ bill }: { bill: Bill }) {
  const { say, percent } = useTalk();
  const [first] = driversOf(bill);
  if (first === undefined) return null;
  return say('costs.driver', {
    line: say(`costs.line.${first.kind}`),
    item: say(`costs.item.${first.item}`),
    share: percent(first.share, 0),
  });
}

function Sources() {
  const { say, day, number, percent } = useTalk();
  const { utilisation, vcpuSpeed, peak, playlistShare } = ASSUMED;
  return (
    <div class="source">
      <p>
        {say('costs.prices', {
          date: day(PRICES_DATE),
          rate: number(USD_PER_EUR.amount, 4),
          rateDate: day(USD_PER_EUR.date),
        })}
      </p>
      <p>{say('costs.measured', { machine: MEASURED.machine.replace(/^Machine: |\.$/g, '') })}</p>
      <p>
        {say('costs.assumed', {
          utilisation: percent(utilisation, 0),
          speed: percent(vcpuSpeed, 0),
          peak,
          playlists: percent(playlistShare, 0),
        })}
      </p>
    </div>
  );
}

/** What the address says, where it is a number that the model was measured for; else what the specification says. */
function asked(params: URLSearchParams, name: string, of: keyof Load): number {
  const given = params.get(name);
  const value = Number(given);
  const { least, most } = LIMITS[of];
  return given !== null && given !== '' && value >= least && value <= most ? value : SPECIFIED[of];
}
