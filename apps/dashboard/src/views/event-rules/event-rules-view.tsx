import { useState } from 'preact/hooks';
import { pageOfEventRules, type EventRule } from '../../api/event-rules.js';
import { useGrowingList } from '../../lib/use-growing-list.js';
import { href } from '../../router/route.js';
import { May } from '../../session/may.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { NextPage } from '../../ui/next-page.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Ago } from '../../ui/time.js';
import { MatchWords, StartWords } from './rule-words.js';

/** Rules by which events start runs. */
export default function EventRulesView() {
  const [topics, setTopics] = useState<readonly string[]>();
  const read = async (token: string | undefined, signal: AbortSignal) => {
    const { eventRules, nextPageToken, topics: subscribed } = await pageOfEventRules(token, { signal });
    setTopics(subscribed);
    return { rows: eventRules, nextPageToken };
  };
  const { value, problem, loading, reload, showMore } = useGrowingList('event-rules', read);
  const make = topics && topics.length > 0 && (
    <May operation="putEventRule">
      <a class="button primary" href="#/event-rules/new">
        <Icon name="plus" />
        New rule
      </a>
    </May>
  );
  return (
    <Page title="Event rules" actions={make}>
      <p class="lead">
        An event that fits a rule starts a run, once however often it is delivered. What cannot be used goes to the dead-letter topic with its reason. Charts of
        events that were loaded are on the page <a href="#/events">Events</a>.
      </p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {value && topics && topics.length === 0 && (
        <Empty title="The API is subscribed to no topic.">
          <p>
            Set <code>TRIBUTARY_EVENT_TOPICS</code> for the API, give it a sidecar that delivers them, and restart it.
          </p>
        </Empty>
      )}
      {value && topics && topics.length > 0 && (
        <p class="muted">
          Topics: <code>{topics.join(', ')}</code>
        </p>
      )}
      {value && value.rows.length === 0 && topics && topics.length > 0 && (
        <Empty title="There are no rules.">
          <p>Without one no event starts anything.</p>
        </Empty>
      )}
      {value && value.rows.length > 0 && <Table rules={value.rows} />}
      {value?.more === true && <NextPage what="rules" act={showMore} />}
    </Page>
  );
}

function Table({ rules }: { readonly rules: readonly EventRule[] }) {
  return (
    <TableFrame label="Event rules" class="card">
      <table>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Topic</th>
            <th scope="col">Events</th>
            <th scope="col">What it starts</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ name, description, topic, match, start, updatedAt }) => (
            <tr key={name}>
              <th scope="row" class="named">
                <a href={href`event-rules/${name}`}>{name}</a>
                {description !== undefined && <span class="muted">{description}</span>}
              </th>
              <td>
                <code>{topic}</code>
              </td>
              <td>
                <MatchWords match={match} />
              </td>
              <td>
                <StartWords start={start} />
              </td>
              <td>
                <Ago time={updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
