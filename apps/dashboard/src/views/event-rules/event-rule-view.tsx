import { useState } from 'preact/hooks';
import { deleteEventRule, getEventRule } from '../../api/event-rules.js';
import { useResource } from '../../lib/use-resource.js';
import { href } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { May } from '../../session/may.js';
import { CodeBlock } from '../../ui/code-block.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Fact } from '../../ui/fact.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { Ago } from '../../ui/time.js';
import type { ViewProps } from '../view.js';
import { MatchWords, StartWords } from './rule-words.js';

/** One rule: which events it takes, and what they start. */
export default function EventRuleView({ params: { name = '' } }: ViewProps) {
  const { value, problem, loading, reload } = useResource(`event-rule/${name}`, (signal) => getEventRule(name, { signal }));
  return (
    <Page title={name} above={<a href="#/event-rules">Event rules</a>} actions={value && <Actions name={name} etag={value.etag} />}>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {value && (
        <>
          <dl class="facts">
            {value.description !== undefined && <Fact name="Description">{value.description}</Fact>}
            <Fact name="Topic">
              <code>{value.topic}</code>
            </Fact>
            <Fact name="What it starts">
              <StartWords start={value.start} />
            </Fact>
            <Fact name="Made">
              <Ago time={value.createdAt} />
            </Fact>
            <Fact name="Changed">
              <Ago time={value.updatedAt} />
            </Fact>
          </dl>
          <Section title="Events that it takes">
            <MatchWords match={value.match} />
          </Section>
          {'input' in value.start && (
            <Section title="Input of its runs">
              <CodeBlock label="Input as JSON" text={JSON.stringify(value.start.input, null, 2)} />
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

function Actions({ name, etag }: { readonly name: string; readonly etag: string }) {
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <May operation="putEventRule">
        <a class="button" href={href`event-rules/${name}/edit`}>
          Edit
        </a>
      </May>
      <May operation="deleteEventRule">
        <button type="button" class="danger" onClick={() => { setDeleting(true); }}>
          Delete
        </button>
      </May>
      {deleting && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirm="Delete the rule"
          danger
          act={async () => {
            await deleteEventRule(name, etag);
            navigate('#/event-rules');
          }}
          close={() => { setDeleting(false); }}
        >
          <p>Its events start nothing any more. Runs that it has started go on.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
