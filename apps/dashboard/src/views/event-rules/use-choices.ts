import { listConfigurations, type ConfigurationSummary } from '../../api/configurations.js';
import { pageOfEventRules } from '../../api/event-rules.js';
import { listRunTypes } from '../../api/runs.js';
import type { RunType } from '../../api/types.js';
import { useResource, type Resource } from '../../lib/use-resource.js';

export interface Choices {
  readonly topics: readonly string[];
  readonly configurations: readonly ConfigurationSummary[];
  readonly types: readonly RunType[];
}

/** What a rule can choose from. */
export function useChoices(): Resource<Choices> {
  return useResource('rule-choices', async (signal) => {
    const [{ topics }, configurations, types] = await Promise.all([pageOfEventRules(undefined, { signal }), listConfigurations({ signal }), listRunTypes({ signal })]);
    return { topics, configurations, types };
  });
}
