import { ago, duration, moment } from '../lib/format.js';
import { useNow } from '../lib/use-now.js';

/** How long ago something was; the moment itself on hovering. */
export function Ago({ time }: { readonly time: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={time} title={moment(time)} class="nowrap">
      {ago(time, now)}
    </time>
  );
}

/** How long something took, or has taken so far. */
export function Elapsed({ from, to }: { readonly from: string; readonly to: string | undefined }) {
  const now = useNow(to === undefined ? 1_000 : undefined);
  const millis = (to === undefined ? now : Date.parse(to)) - Date.parse(from);
  return <span class="nowrap">{duration(Math.max(0, millis))}</span>;
}
