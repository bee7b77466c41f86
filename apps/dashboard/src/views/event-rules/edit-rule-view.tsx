import { useState } from 'preact/hooks';
import { bodyOfRule, getEventRule, putEventRule, savedEventRule, type EventRule, type EventRuleBody } from '../../api/event-rules.js';
import { EditForm } from '../../editing/edit-form.js';
import { useEditing } from '../../editing/use-editing.js';
import { useResource } from '../../lib/use-resource.js';
import { href } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import type { ViewProps } from '../view.js';
import { draftOfRule, findingsOfRule, ruleOf } from './rule-draft.js';
import { RuleFields } from './rule-fields.js';
import { useChoices, type Choices } from './use-choices.js';

/** Changes a rule. */
export default function EditRuleView({ params: { name = '' } }: ViewProps) {
  const choices = useChoices();
  const { value, problem, reload } = useResource(`event-rule/${name}`, (signal) => getEventRule(name, { signal }));
  const wrong = problem ?? choices.problem;
  return (
    <Page title={`Edit ${name}`} above={<a href={href`event-rules/${name}`}>{name}</a>}>
      {wrong && <ProblemNotice problem={wrong} retry={() => { choices.reload(); reload(); }} />}
      {!wrong && !(value && choices.value) && <p class="muted">Loading…</p>}
      {value && choices.value && <RuleForm rule={value} choices={choices.value} />}
    </Page>
  );
}

function RuleForm({ rule, choices }: { readonly rule: EventRule; readonly choices: Choices }) {
  const { name, etag } = rule;
  const [draft, setDraft] = useState(() => draftOfRule(rule));
  const [tried, setTried] = useState(false);
  const back = href`event-rules/${name}`;
  const editing = useEditing<EventRuleBody>({
    from: { value: bodyOfRule(rule), etag },
    read: () => savedEventRule(name),
    write: (body, version) => putEventRule(name, body, version),
    done: () => { navigate(back); },
  });
  const findings = findingsOfRule(draft);
  const save = async (): Promise<void> => {
    setTried(true);
    if (findings.size === 0) await editing.save(ruleOf(draft));
  };
  return (
    <EditForm name={name} back={back} editing={editing} mine={ruleOf(draft)} fill={(wanted) => { setDraft(draftOfRule(wanted)); }} save={save}>
      <RuleFields {...choices} draft={draft} change={(changed) => { setDraft({ ...draft, ...changed }); }} findings={tried ? findings : new Map()} />
    </EditForm>
  );
}
