import { type Bill, driversOf, ITEMS } from '../../../dist/costs/bill.js';
import { eurosOf, PRICES, type UnitPrice } from '../../../dist/costs/prices.js';
import { useTalk } from '../i18n/words.ts';
import { Scroll } from './scroll.tsx';

/** A bill line by line, with the day and the source of each price. */
export function BillTable({ bill }: { bill: Bill }) {
  const { say, number, percent } = useTalk();
  const lines = driversOf(bill);
  return (
    <Scroll label={say('costs.bill')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('costs.what')}</th>
            <th scope="col" class="figure">
              {say('costs.quantity')}
            </th>
            <th scope="col" class="figure">
              {say('costs.each')}
            </th>
            <th scope="col" class="figure">
              {say('costs.month')}
            </th>
            <th scope="col" class="figure">
              {say('costs.share')}
            </th>
            <th scope="col">{say('costs.listPrice')}</th>
          </tr>
        </thead>
        {ITEMS.map((item) => (
          <tbody key={item}>
            <tr class="bill-item">
              <th scope="rowgroup">
                <span class={`swatch item-${item}`} />
                {say(`costs.item.${item}`)}
              </th>
              <td />
              <td />
              <td class="figure">{number(bill.items[item])}</td>
              <td class="figure">{percent(bill.items[item] / bill.total, 0)}</td>
              <td />
            </tr>
            {lines
              .filter((line) => line.item === item)
              .map(({ kind, price, quantity, eur, share }) => (
                <tr key={kind}>
                  <th scope="row">{say(`costs.line.${kind}`)}</th>
                  <td class="figure">{amount(number, quantity)}</td>
                  <td class="figure">
                    {amount(number, eurosOf(price))} {say(`costs.unit.${PRICES[price].unit}`)}
                  </td>
                  <td class="figure">{number(eur)}</td>
                  <td class="figure">{percent(share, 0)}</td>
                  <td>
                    <ListPrice price={PRICES[price]} />
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
        <tfoot>
          <tr class="bill-item">
            <th scope="row">{say('costs.total')}</th>
            <td />
            <td />
            <td class="figure">{number(bill.total)}</td>
            <td class="figure">{percent(1, 0)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** The day of a price, and the provider's page with today's. */
function ListPrice({ price: { source, date, note, verified } }: { price: UnitPrice }) {
  const { say, day } = useTalk();
  return (
    <>
      <a href={source} rel="noreferrer" title={note}>
        {day(date)}
      </a>
      {!verified && <span class="note"> {say('costs.unverified')}</span>}
    </>
  );
}

/** With as many digits as a price or a quantity needs. */
function amount(number: (value: number, digits?: number) => string, value: number): string {
  if (value >= 100) return number(value, 0);
  const digits = value >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(value)));
  return number(value, Number.isInteger(value) ? 0 : digits);
}
