import { useState } from 'preact/hooks';
import { FormContext } from '../../form/form-context.js';
import type { JsonSchema } from '../../form/json-schema.js';
import { SchemaField } from '../../form/schema-field.js';
import { useForm, type Form } from '../../form/use-form.js';
import { isObject } from '../../form/json-schema.js';
import { Empty } from '../../ui/empty.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { SourceCheckPanel } from '../start/source-check.js';
import { useRunTypes } from '../start/use-run-types.js';
import { BrowsePanel } from './browse-panel.js';
import { PlanPanel } from './plan-panel.js';
import type { Source } from './source.js';

const EXTRACTION = 'extract-sql-metadata';

/** Looks at a source before anything is extracted: what the role may do, what is there, and what a run would have. */
export default function SourcesView() {
  const { value: types, problem, reload } = useRunTypes();
  const type = types?.find(({ slug }) => slug === EXTRACTION);
  return (
    <Page title="Sources">
      <p class="lead">Check a source, browse it, or plan an extraction of it. Its catalog is read and none of its data; nothing of the answers is kept.</p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {types && !type && (
        <Empty title="This API has no extraction of SQL sources.">
          <p>
            Its run types are on the page <a href="#/start">Start a run</a>.
          </p>
        </Empty>
      )}
      {type && <SourceForm schema={partOf(type.input as JsonSchema)} />}
    </Page>
  );
}

/** Of the input of an extraction what is about its source. */
function partOf({ properties: { source, filters } = {}, required = [] }: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: { ...(source && { source }), ...(filters && { filters }) },
    required: required.filter((name) => name === 'source' || name === 'filters'),
  };
}

type Asked = 'check' | 'browse' | 'plan';
const TABS: Readonly<Record<Asked, string>> = { check: 'Check', browse: 'Browse', plan: 'Plan' };

function SourceForm({ schema }: { readonly schema: JsonSchema }) {
  const form = useForm(schema);
  const [asked, setAsked] = useState<Asked>('check');
  const source = sourceOf(form);
  // Each question signs in: it is asked when somebody says so, and not while the form is being filled in.
  const [told, setTold] = useState<string>();
  const text = JSON.stringify(source);
  const ask = (what: Asked): void => {
    setAsked(what);
    setTold(text);
    if (what !== 'check' && !source) form.showAll();
  };
  return (
    <>
      <FormContext value={form.context}>
        <form class="card section start-form" noValidate aria-label="Source" onSubmit={(event) => { event.preventDefault(); }}>
          <SchemaField schema={schema} path={[]} value={form.draft} required />
        </form>
      </FormContext>
      <div class="tabs source-tabs" role="group" aria-label="What to ask the source">
        {Object.entries(TABS).map(([name, label]) => (
          <button key={name} type="button" aria-pressed={asked === name} onClick={() => { ask(name as Asked); }}>
            {label}
          </button>
        ))}
      </div>
      {asked === 'check' && (
        <section class="card section source-answer" aria-label="Check">
          <SourceCheckPanel form={form} />
        </section>
      )}
      {asked !== 'check' && !source && (
        <section class="card section">
          <p>Fill in where the source is and who signs in; the password is a reference such as secret://local/warehouse#password.</p>
        </section>
      )}
      {asked !== 'check' && source && told !== text && (
        <section class="card section">
          <p>The form has another source now.</p>
          <div>
            <button type="button" onClick={() => { ask(asked); }}>
              Ask this source
            </button>
          </div>
        </section>
      )}
      {asked === 'browse' && source && told === text && <BrowsePanel key={text} source={source} />}
      {asked === 'plan' && source && told === text && <PlanPanel key={text} source={source} />}
    </>
  );
}

function sourceOf({ value, valid }: Form): Source | undefined {
  if (!valid || !isObject(value)) return undefined;
  return value as unknown as Source;
}
