import type { ConfigurationStore } from '../configurations/configuration-store.js';
import { API_INPUT_INVALID } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { InputProblem } from '../problems/problem-schema.js';
import { inputProblems, runTypeOfSlug } from '../schedules/planned-run.js';
import { EVENT_TOPIC_UNSUBSCRIBED } from './errors.js';
import type { EventRule } from './schemas.js';
import { holesOf, touchesHole } from './template.js';

/**
 * Refuses a rule that could start nothing: its topic, its configuration or run type, and its input, as far as that is
 * known before there is an event.
 * @throws CodedError EVENT_TOPIC_UNSUBSCRIBED, CONFIGURATION_UNKNOWN, API_STATE_UNAVAILABLE; ApiProblem API_INPUT_INVALID
 */
export async function checkRule({ topic, start }: EventRule, topics: readonly string[], configurations: ConfigurationStore): Promise<void> {
  if (!topics.includes(topic)) throw EVENT_TOPIC_UNSUBSCRIBED({ topic, known: topics.length > 0 ? topics : ['none'] });
  const { configuration, runType, input } = start;
  if (configuration !== undefined) {
    if (runType !== undefined || input !== undefined) throw invalid([{ pointer: '/start', allowed: 'either configuration, or runType with input' }]);
    await configurations.get(configuration);
    return;
  }
  const type = runTypeOfSlug(runType ?? '', '/start/runType');
  const { holes, problems } = holesOf(input);
  const unfit = inputProblems(type, input ?? {}).filter(({ pointer }) => !touchesHole(pointer, holes));
  const all = [...problems, ...unfit].map((problem) => ({ ...problem, pointer: `/start/input${problem.pointer === '/' ? '' : problem.pointer}` }));
  if (all.length > 0) throw invalid(all);
}

function invalid(errors: InputProblem[]): ApiProblem {
  return new ApiProblem(API_INPUT_INVALID({ part: 'body', count: errors.length, problems: errors.slice(0, 3).map(({ pointer }) => pointer) }), { errors });
}
