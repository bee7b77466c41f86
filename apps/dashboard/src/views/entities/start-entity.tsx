import { useState } from 'preact/hooks';
import { startEntity, type EntityType } from '../../api/entities.js';
import { withQuery } from '../../router/route.js';
import { replaceAddress } from '../../router/use-location.js';
import { SchemaDialog } from './schema-dialog.js';

export interface StartEntityDialogProps {
  readonly types: readonly EntityType[];
  readonly first: EntityType;
  readonly close: () => void;
}

/** Starts an entity of a type, from a form made from its schema. */
export function StartEntityDialog({ types, first, close }: StartEntityDialogProps) {
  const [chosen, setChosen] = useState(first);
  return (
    <SchemaDialog
      key={chosen.type}
      title="Start an entity"
      confirm="Start"
      schema={chosen.start}
      act={async (input) => {
        await startEntity(chosen.type, input);
        replaceAddress(withQuery('#/entities', { type: chosen.type }));
      }}
      close={close}
    >
      <div class="field">
        <label for="entity-type">Type</label>
        <select
          id="entity-type"
          value={chosen.type}
          onChange={(event) => { setChosen(types.find(({ type }) => type === event.currentTarget.value) ?? chosen); }}
        >
          {types.map(({ type, title }) => (
            <option key={type} value={type}>
              {title}
            </option>
          ))}
        </select>
      </div>
    </SchemaDialog>
  );
}
