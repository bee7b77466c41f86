import { useState } from 'preact/hooks';
import { putConfiguration, SAVED_NAME } from '../../api/configurations.js';
import { unlessTaken } from '../../api/saved.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { LabelledField } from '../../ui/labelled-field.js';

export interface SaveConfigurationDialogProps {
  readonly runType: string;
  readonly input: unknown;
  readonly saved: (name: string) => void;
  readonly close: () => void;
}

/** Keeps what stands in a form under a name. */
export function SaveConfigurationDialog({ runType, input, saved, close }: SaveConfigurationDialogProps) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const save = async (): Promise<void> => {
    const text = description.trim();
    await unlessTaken(name, putConfiguration(name, { runType, input, ...(text === '' ? {} : { description: text }) }));
    saved(name);
  };
  return (
    <ConfirmDialog title="Save as configuration" confirm="Save" act={save} close={close}>
      <p>It can then be started by its name, by schedules, by event rules and over HTTP.</p>
      <LabelledField id="configuration-name" label="Name" hint="Lower-case letters, digits and hyphens: nightly-warehouse.">
        {(control) => (
          <input
            {...control}
            required
            pattern={SAVED_NAME}
            maxLength={64}
            title="Lower-case letters, digits and hyphens, up to 64."
            autocomplete="off"
            spellcheck={false}
            value={name}
            onInput={(event) => { setName(event.currentTarget.value); }}
          />
        )}
      </LabelledField>
      <LabelledField id="configuration-description" label="Description" optional hint="What it is for.">
        {(control) => <input {...control} maxLength={1_000} value={description} onInput={(event) => { setDescription(event.currentTarget.value); }} />}
      </LabelledField>
    </ConfirmDialog>
  );
}
