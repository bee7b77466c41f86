import { useState } from 'preact/hooks';
import { deleteConfiguration, getConfiguration, type Configuration } from '../../api/configurations.js';
import { pageOfEventRules } from '../../api/event-rules.js';
import { useResource } from '../../lib/use-resource.js';
import { href, withQuery } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { May } from '../../session/may.js';
import { CodeBlock } from '../../ui/code-block.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Fact } from '../../ui/fact.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { Ago } from '../../ui/time.js';
import { startOperation } from '../start/start-operations.js';
import { useRunTypes } from '../start/use-run-types.js';
import type { ViewProps } from '../view.js';
import { StartButton } from './start-button.js';

/** A saved configuration: what it starts with which input, and what uses it. */
export default function ConfigurationView({ params: { name = '' } }: ViewProps) {
  const { value, problem, loading, reload } = useResource(`configuration/${name}`, (signal) => getConfiguration(name, { signal }));
  return (
    <Page title={name} above={<a href="#/configurations">Configurations</a>} actions={value && <Actions configuration={value} />}>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {value && <Details configuration={value} />}
    </Page>
  );
}

function Actions({ configuration: { name, etag, runType } }: { readonly configuration: Configuration }) {
  const [deleting, setDeleting] = useState(false);
  const start = startOperation(runType);
  return (
    <>
      <StartButton name={name} />
      {start && (
        <May operation={start}>
          <a class="button" href={withQuery(href`start/${runType}`, { configuration: name })}>
            Change, then start
          </a>
        </May>
      )}
      <May operation="createSchedule">
        <a class="button" href={withQuery('#/schedules/new', { configuration: name })}>
          Schedule
        </a>
      </May>
      <May operation="putConfiguration">
        <a class="button" href={href`configurations/${name}/edit`}>
          Edit
        </a>
      </May>
      <May operation="deleteConfiguration">
        <button type="button" class="danger" onClick={() => { setDeleting(true); }}>
          Delete
        </button>
      </May>
      {deleting && <DeleteDialog name={name} etag={etag} close={() => { setDeleting(false); }} />}
    </>
  );
}

function DeleteDialog({ name, etag, close }: { readonly name: string; readonly etag: string; readonly close: () => void }) {
  const rules = useRulesOf(name);
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirm="Delete the configuration"
      danger
      act={async () => {
        await deleteConfiguration(name, etag);
        navigate('#/configurations');
      }}
      close={close}
    >
      <p>Runs that it has started go on. Schedules that were made from it have a copy of its input.</p>
      {rules.value && rules.value.length > 0 && (
        <p class="finding">
          {rules.value.length === 1 ? 'An event rule starts' : 'Event rules start'} it: {rules.value.join(', ')}. Their events would go to the dead letters.
        </p>
      )}
    </ConfirmDialog>
  );
}

/** Names of the event rules that start a configuration, among the first 200. */
function useRulesOf(name: string) {
  return useResource(`rules-of/${name}`, async (signal) => {
    const { eventRules } = await pageOfEventRules(undefined, { signal });
    return eventRules.filter(({ start }) => 'configuration' in start && start.configuration === name).map((rule) => rule.name);
  });
}

function Details({ configuration: { name, description, runType, input, createdAt, updatedAt } }: { readonly configuration: Configuration }) {
  const { value: types } = useRunTypes();
  const rules = useRulesOf(name);
  return (
    <>
      <dl class="facts">
        <Fact name="What it starts">{types?.find(({ slug }) => slug === runType)?.title ?? runType}</Fact>
        {description !== undefined && <Fact name="Description">{description}</Fact>}
        <Fact name="Made">
          <Ago time={createdAt} />
        </Fact>
        <Fact name="Changed">
          <Ago time={updatedAt} />
        </Fact>
        {rules.value && (
          <Fact name="Started by event rules">
            {rules.value.length === 0 && <span class="muted">none</span>}
            {rules.value.map((rule, index) => (
              <span key={rule}>
                {index > 0 && ', '}
                <a href={href`event-rules/${rule}`}>{rule}</a>
              </span>
            ))}
          </Fact>
        )}
      </dl>
      <Section title="Input of its runs">
        <CodeBlock label="Input as JSON" text={JSON.stringify(input, null, 2)} />
      </Section>
    </>
  );
}
