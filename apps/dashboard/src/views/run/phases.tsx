import { duration, words } from '../../lib/format.js';

/** What is left of a run's time when it is shared out: too little to be seen still gets a line. */
const LEAST_SHARE = 0.004;

export interface PhasesProps {
  /** Milliseconds of each finished phase. */
  readonly millis: Readonly<Partial<Record<string, number>>>;
  readonly current?: string;
}

/** How long each phase took, as one bar in parts. */
export function Phases({ millis, current }: PhasesProps) {
  const phases = Object.entries(millis).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  if (phases.length === 0) return null;
  const total = phases.reduce((sum, { value }) => sum + value, 0);
  return (
    <div class="phases">
      {total > 0 && (
        <div class="phases-bar" aria-hidden="true">
          {phases.map(({ name, value }, index) => (
            <span key={name} class={`series-${(index % 8) + 1}`} style={{ flexGrow: Math.max(LEAST_SHARE, value / total) }} />
          ))}
        </div>
      )}
      <ul class="phases-legend" aria-label="Time of each phase">
        {phases.map(({ name, value }, index) => (
          <li key={name}>
            <span class={`dot series-${(index % 8) + 1}`} aria-hidden="true" />
            {words(name)} <span class="muted">{duration(value)}</span>
          </li>
        ))}
        {current !== undefined && millis[current] === undefined && <li class="muted">{words(current)} now</li>}
      </ul>
    </div>
  );
}
