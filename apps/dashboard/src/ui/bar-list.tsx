import { count } from '../lib/format.js';

export interface BarListProps {
  /** What the bars are about, for those who do not see them. */
  readonly label: string;
  readonly rows: readonly (readonly [name: string, value: number])[];
}

/** Counts as bars in one column, the longest first. */
export function BarList({ label, rows }: BarListProps) {
  const sorted = [...rows].sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...sorted.map(([, value]) => value));
  return (
    <table class="bar-list" aria-label={label}>
      <tbody>
        {sorted.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{count(value)}</td>
            <td class="bar-list-bar" aria-hidden="true">
              <span style={{ width: `${((value / most) * 100).toFixed(1)}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
