import { duration, moment } from '../../lib/format.js';
import { useNow } from '../../lib/use-now.js';

/** How soon a run is started; the moment itself on hovering. */
export function NextRun({ time }: { readonly time: string | undefined }) {
  const now = useNow(10_000);
  if (time === undefined) return <span class="muted">none</span>;
  const left = Date.parse(time) - now;
  return (
    <time dateTime={time} title={moment(time)}>
      {left < 1_000 ? 'now' : `in ${duration(Math.max(1_000, Math.round(left / 1_000) * 1_000)).replace(/\.\d s$/, ' s')}`}
    </time>
  );
}
