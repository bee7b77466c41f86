import { useState } from 'preact/hooks';
import { getCaller, type Caller } from '../api/caller.js';
import { words } from '../lib/format.js';
import { useSignal } from '../lib/use-signal.js';
import { accountOpen, signIn } from '../session/session.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Fact } from '../ui/fact.js';
import { Icon } from '../ui/icon.js';

const MAY = {
  viewer: 'Look at everything.',
  operator: 'Look at everything; start, cancel, pause and trigger; check and browse sources.',
  admin: 'Everything: also terminate and delete, save configurations, make schedules and event rules, rotate credentials.',
} as const;

/** Who is signed in, with a place to sign in as somebody else. */
export function Account({ caller }: { readonly caller: Caller }) {
  const open = useSignal(accountOpen);
  return (
    <>
      <button type="button" class="account" aria-haspopup="dialog" onClick={() => { accountOpen.set(true); }}>
        <Icon name="account" />
        <span class="hidden-visually">Signed in as </span>
        <span class="account-name" title={caller.name}>
          {caller.name}
        </span>{' '}
        <small class="account-role">{caller.role}</small>
      </button>
      {open && <AccountDialog caller={caller} />}
    </>
  );
}

function AccountDialog({ caller: { name, role, kind } }: { readonly caller: Caller }) {
  const [key, setKey] = useState('');
  const change = async (): Promise<void> => {
    const another = key.trim();
    // A key that is refused does not end the session with the one that is good.
    await getCaller({ key: another });
    signIn(another);
  };
  return (
    <ConfirmDialog title="Who is signed in" confirm="Sign in" act={change} close={() => { accountOpen.set(false); }}>
      <dl class="facts facts-narrow">
        <Fact name="Name">{name}</Fact>
        <Fact name="Role">{words(role)}</Fact>
        <Fact name="By">{kind === 'oidc' ? 'Access token' : 'API key'}</Fact>
      </dl>
      <p class="muted">{MAY[role]}</p>
      <div class="field">
        <label for="another-key">Another API key or access token</label>
        <input
          id="another-key"
          type="password"
          autocomplete="off"
          spellcheck={false}
          required
          value={key}
          onInput={(event) => { setKey(event.currentTarget.value); }}
        />
        <p class="hint">The page goes on as its owner, where you are. What is typed in and not sent is gone.</p>
      </div>
    </ConfirmDialog>
  );
}
