import { useState } from 'preact/hooks';
import { SAVED_NAME } from '../../api/configurations.js';
import { putEventRule } from '../../api/event-rules.js';
import { problemOf, type Problem } from '../../api/problem.js';
import { unlessTaken } from '../../api/saved.js';
import { href } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { LabelledField } from '../../ui/labelled-field.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import type { ViewProps } from '../view.js';
import { EMPTY_RULE, findingsOfRule, ruleOf } from './rule-draft.js';
import { RuleFields } from './rule-fields.js';
import { useChoices, type Choices } from './use-choices.js';

const NAME = new RegExp(`^${SAVED_NAME}$`);

/** Makes a rule: which events start what. */
export default function NewRuleView({ query }: ViewProps) {
  const { value, problem, reload } = useChoices();
  return (
    <Page title="New event rule" above={<a href="#/event-rules">Event rules</a>}>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && !problem && <p class="muted">Loading…</p>}
      {value && <RuleForm choices={value} configuration={query.get('configuration') ?? undefined} />}
    </Page>
  );
}

function RuleForm({ choices, configuration }: { readonly choices: Choices; readonly configuration: string | undefined }) {
  const [name, setName] = useState('');
  const [draft, setDraft] = useState({
    ...EMPTY_RULE,
    topic: choices.topics.length === 1 ? (choices.topics[0] ?? '') : '',
    what: configuration === undefined ? '' : `configuration:${configuration}`,
  });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const findings = findingsOfRule(draft);
  const wrongName = NAME.test(name) ? undefined : 'Lower-case letters, digits and hyphens, up to 64.';

  const make = async (): Promise<void> => {
    setTried(true);
    if (findings.size > 0 || wrongName !== undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await unlessTaken(name, putEventRule(name, ruleOf(draft)));
      navigate(href`event-rules/${name}`);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <form
      class="card section start-form"
      noValidate
      aria-label="New event rule"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <LabelledField id="rule-name" label="Name" hint="How the rule is called: after-each-load." finding={tried ? wrongName : undefined}>
        {(control) => <input {...control} autocomplete="off" spellcheck={false} value={name} onInput={(event) => { setName(event.currentTarget.value); }} />}
      </LabelledField>
      <RuleFields {...choices} draft={draft} change={(changed) => { setDraft({ ...draft, ...changed }); }} findings={tried ? findings : new Map()} />
      {problem && <ProblemNotice problem={problem} />}
      <div class="dialog-actions">
        <a class="button" href="#/event-rules">
          Back
        </a>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Saving…' : 'Make the rule'}
        </button>
      </div>
    </form>
  );
}
