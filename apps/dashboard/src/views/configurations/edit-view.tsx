import { useState } from 'preact/hooks';
import { bodyOf, getConfiguration, putConfiguration, savedConfiguration, type Configuration, type ConfigurationBody } from '../../api/configurations.js';
import type { RunType } from '../../api/types.js';
import { EditForm } from '../../editing/edit-form.js';
import { useEditing } from '../../editing/use-editing.js';
import { FormContext } from '../../form/form-context.js';
import { InputEditor } from '../../form/input-editor.js';
import type { JsonSchema } from '../../form/json-schema.js';
import { Unfinished } from '../../form/unfinished.js';
import { useForm } from '../../form/use-form.js';
import { useResource } from '../../lib/use-resource.js';
import { href } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { Empty } from '../../ui/empty.js';
import { LabelledField } from '../../ui/labelled-field.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { useRunTypes } from '../start/use-run-types.js';
import type { ViewProps } from '../view.js';

/** Changes a saved configuration. */
export default function EditConfigurationView({ params: { name = '' } }: ViewProps) {
  const types = useRunTypes();
  const { value, problem, reload } = useResource(`configuration/${name}`, (signal) => getConfiguration(name, { signal }));
  const type = types.value?.find(({ slug }) => slug === value?.runType);
  const wrong = problem ?? types.problem;
  return (
    <Page title={`Edit ${name}`} above={<a href={href`configurations/${name}`}>{name}</a>}>
      {wrong && <ProblemNotice problem={wrong} retry={() => { types.reload(); reload(); }} />}
      {!wrong && !(value && types.value) && <p class="muted">Loading…</p>}
      {value && types.value && !type && (
        <Empty title={`There is no run type ${value.runType} any more.`}>
          <p>Save its input for another run type.</p>
        </Empty>
      )}
      {value && type && <ConfigurationForm configuration={value} type={type} />}
    </Page>
  );
}

function ConfigurationForm({ configuration, type }: { readonly configuration: Configuration; readonly type: RunType }) {
  const { name, runType } = configuration;
  const schema = type.input as JsonSchema;
  const form = useForm(schema, configuration.input);
  const [description, setDescription] = useState(configuration.description ?? '');
  const back = href`configurations/${name}`;
  const editing = useEditing<ConfigurationBody>({
    from: { value: bodyOf(configuration), etag: configuration.etag },
    read: () => savedConfiguration(name),
    write: (body, etag) => putConfiguration(name, body, etag),
    done: () => { navigate(back); },
    refused: ({ errors }) => { form.refused((errors ?? []).map((error) => ({ ...error, pointer: error.pointer.replace(/^\/input/, '') }))); },
  });
  const mine: ConfigurationBody = { runType, input: form.value, ...(description.trim() === '' ? {} : { description: description.trim() }) };
  const fill = (wanted: ConfigurationBody): void => {
    setDescription(wanted.description ?? '');
    form.fill(wanted.input);
  };
  const save = async (): Promise<void> => {
    if (form.valid) await editing.save(mine);
    else form.showAll();
  };
  return (
    <EditForm name={name} back={back} editing={editing} mine={mine} fill={fill} save={save}>
      <LabelledField id="configuration-description" label="Description" optional hint="What it is for.">
        {(control) => <input {...control} maxLength={1_000} value={description} onInput={(event) => { setDescription(event.currentTarget.value); }} />}
      </LabelledField>
      <FormContext value={form.context}>
        <fieldset class="part">
          <legend>Input of its runs</legend>
          <InputEditor form={form} schema={schema} />
        </fieldset>
      </FormContext>
      <Unfinished form={form} />
    </EditForm>
  );
}
