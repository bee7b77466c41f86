import { count } from '../../lib/format.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';
import type { Series, WeekBar } from './chart.js';

export interface WeekTableProps {
  readonly bars: readonly WeekBar[];
  readonly series: readonly Series[];
}

/** The figures of the chart, the latest week first; without the weeks in which there is nothing. */
export function WeekTable({ bars, series }: WeekTableProps) {
  const latest = bars.filter(({ total }) => total > 0).reverse();
  return (
    <ShowMore rows={latest} noun="weeks" first={26}>
      {(shown) => (
        <TableFrame label="Events by week and type">
          <table class="week-table">
            <thead>
              <tr>
                <th scope="col">Week of</th>
                <th scope="col" class="number">All</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ week, total, parts }) => (
                <tr key={week}>
                  <th scope="row" class="nowrap">
                    {week}
                  </th>
                  <td class="number">
                    <strong>{count(total)}</strong>
                  </td>
                  {series.map((each) => {
                    const many = parts.find((part) => part.series.name === each.name)?.count ?? 0;
                    return (
                      <td key={each.name} class={`number ${many === 0 ? 'muted' : ''}`}>
                        {count(many)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </ShowMore>
  );
}
