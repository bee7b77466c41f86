import { pageOfConfigurations } from '../../api/configurations.js';
import { useResource } from '../../lib/use-resource.js';
import { href } from '../../router/route.js';
import { Section } from '../../ui/section.js';
import { StartButton } from '../configurations/start-button.js';

const SHOWN = 8;

/** Saved configurations, to be started from where runs are started. */
export function SavedOnes() {
  const { value } = useResource('saved-ones', async (signal) => (await pageOfConfigurations(undefined, { signal })).configurations);
  if (!value || value.length === 0) return null;
  return (
    <Section title="Saved configurations" actions={value.length > SHOWN && <a href="#/configurations">All {value.length === 200 ? '' : value.length}</a>}>
      <ul class="lines">
        {value.slice(0, SHOWN).map(({ name, description }) => (
          <li key={name} class="spread">
            <span>
              <a href={href`configurations/${name}`}>{name}</a> {description !== undefined && <span class="muted">{description}</span>}
            </span>
            <StartButton name={name} small />
          </li>
        ))}
      </ul>
    </Section>
  );
}
