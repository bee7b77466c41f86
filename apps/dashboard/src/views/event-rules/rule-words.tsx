import type { EventMatch, EventStart } from '../../api/event-rules.js';
import { textOf } from '../../form/json-schema.js';
import { href } from '../../router/route.js';
import { useRunTypes } from '../start/use-run-types.js';

/** Which events a rule takes. */
export function MatchWords({ match: { type, source, subject, data = {} } }: { readonly match: EventMatch }) {
  const attributes = Object.entries({ type, source, subject }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const wanted = [...attributes, ...Object.entries(data).map(([pointer, value]) => [`data${pointer}`, textOf(value)] as const)];
  if (wanted.length === 0) return <span class="muted">every event</span>;
  return (
    <ul class="conditions">
      {wanted.map(([name, value]) => (
        <li key={name}>
          <span class="muted">{name}</span> <code>{value}</code>
        </li>
      ))}
    </ul>
  );
}

/** What a rule starts. */
export function StartWords({ start }: { readonly start: EventStart }) {
  const { value: types } = useRunTypes();
  if ('configuration' in start) {
    return (
      <>
        <a href={href`configurations/${start.configuration}`}>{start.configuration}</a> <span class="muted">configuration</span>
      </>
    );
  }
  return <>{types?.find(({ slug }) => slug === start.runType)?.title ?? start.runType}</>;
}
