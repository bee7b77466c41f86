import { useState } from 'preact/hooks';
import { cancelEntity, loadEntity, pauseEntity, resumeEntity, rotateCredential, runAction, type Entity, type EntityType } from '../../api/entities.js';
import { words } from '../../lib/format.js';
import { useMay } from '../../session/caller.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { SchemaDialog } from './schema-dialog.js';

export interface EntityActionsProps {
  readonly entity: Entity;
  readonly type: EntityType;
  readonly changed: () => void;
}

const REFERENCE = 'secret://[A-Za-z0-9][A-Za-z0-9._\\-]*/[A-Za-z0-9][A-Za-z0-9._\\/\\-]*(#[A-Za-z0-9][A-Za-z0-9._\\-]*)?';

/** What can be asked of an entity, each with a question before it is done. */
export function EntityActions({ entity: { type: slug, id, status, progress, health }, type, changed }: EntityActionsProps) {
  const [asking, setAsking] = useState<string>();
  const [loader, setLoader] = useState('');
  const [reference, setReference] = useState('');
  const may = useMay();
  if (status !== 'running') return null;
  const close = (): void => { setAsking(undefined); };
  const doing = (act: () => Promise<unknown>) => async (): Promise<void> => {
    await act();
    changed();
  };
  const paused = progress?.phase === 'paused';
  const action = type.actions.find(({ name }) => `action ${name}` === asking);
  return (
    <>
      {type.loaders.length > 0 && may('loadEntity') && (
        <button type="button" class="small" onClick={() => { setAsking('load'); }}>
          Load
        </button>
      )}
      {may(paused ? 'resumeEntity' : 'pauseEntity') && (
        <button type="button" class="small" onClick={() => { setAsking(paused ? 'resume' : 'pause'); }}>
          {paused ? 'Resume' : 'Pause'}
        </button>
      )}
      {may('rotateEntityCredential') && (
        <button type="button" class="small" onClick={() => { setAsking('rotate'); }}>
          Rotate
        </button>
      )}
      {type.actions.length > 0 && may('runEntityAction') && (
        <select aria-label="Action" class="small" value="" onChange={(event) => { setAsking(`action ${event.currentTarget.value}`); }}>
          <option value="">Actions…</option>
          {type.actions.map(({ name }) => (
            <option key={name} value={name}>
              {words(name)}
            </option>
          ))}
        </select>
      )}
      {may('cancelEntity') && (
        <button type="button" class="small danger" onClick={() => { setAsking('end'); }}>
          End
        </button>
      )}
      {asking === 'load' && (
        <ConfirmDialog title={`Have ${id} load again?`} confirm="Load" act={doing(() => loadEntity(slug, id, loader === '' ? undefined : loader))} close={close}>
          <p>It asks its API now, whatever its next time is.</p>
          <div class="field">
            <label for="loader">What</label>
            <select id="loader" value={loader} onChange={(event) => { setLoader(event.currentTarget.value); }}>
              <option value="">Everything</option>
              {type.loaders.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </div>
        </ConfirmDialog>
      )}
      {asking === 'pause' && (
        <ConfirmDialog title={`Pause ${id}?`} confirm="Pause" act={doing(() => pauseEntity(slug, id))} close={close}>
          <p>It loads nothing and tells nobody of changes until it is resumed. Messages to it wait.</p>
        </ConfirmDialog>
      )}
      {asking === 'resume' && (
        <ConfirmDialog title={`Resume ${id}?`} confirm="Resume" act={doing(() => resumeEntity(slug, id))} close={close}>
          <p>It loads again, and takes up what waited.</p>
        </ConfirmDialog>
      )}
      {asking === 'rotate' && (
        <ConfirmDialog title={`Give ${id} another credential?`} confirm="Rotate" act={doing(() => rotateCredential(slug, id, reference.trim()))} close={close}>
          <p>All below it that inherit it load again with it. The same reference again has them look again.</p>
          <div class="field">
            <label for="reference">Reference</label>
            <input
              id="reference"
              required
              pattern={REFERENCE}
              title="A reference such as secret://local/catalog#token; never a credential."
              placeholder={health?.credential.ref ?? 'secret://local/catalog#token'}
              autocomplete="off"
              spellcheck={false}
              value={reference}
              onInput={(event) => { setReference(event.currentTarget.value); }}
            />
            <p class="hint">Where the secret store has it: secret://&lt;store&gt;/&lt;name&gt;#&lt;key&gt;. Never the credential itself.</p>
          </div>
        </ConfirmDialog>
      )}
      {asking === 'end' && (
        <ConfirmDialog title={`End ${id}?`} confirm="End it" danger act={doing(() => cancelEntity(slug, id))} close={close}>
          <p>It winds up and ends, and with it what is below it, as its type declares. What it knows is gone.</p>
        </ConfirmDialog>
      )}
      {action && <SchemaDialog title={`${words(action.name)}: ${id}`} confirm={words(action.name)} schema={action.input} act={(input) => doing(() => runAction(slug, id, action.name, input))()} close={close} />}
    </>
  );
}
