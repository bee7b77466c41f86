export interface ProgressBarProps {
  readonly label: string;
  readonly done: number;
  /** 0 while nobody knows. */
  readonly total: number;
  readonly tone?: 'busy' | 'good';
}

/** A bar that says how far something is; it sweeps while that is not known. */
export function ProgressBar({ label, done, total, tone = 'busy' }: ProgressBarProps) {
  const known = total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  return (
    <div
      class={`bar ${tone} ${known ? '' : 'unknown'}`}
      role="progressbar"
      aria-label={label}
      {...(known ? { 'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuenow': Math.min(done, total) } : {})}
    >
      <span style={known ? { width: `${(share * 100).toFixed(1)}%` } : {}} />
    </div>
  );
}
