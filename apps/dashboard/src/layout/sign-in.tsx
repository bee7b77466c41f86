import { useState } from 'preact/hooks';
import { useSignal } from '../lib/use-signal.js';
import { refusal, signIn } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { Logo } from './logo.js';

/** Asks for a key. Whether it is right shows with the first request. */
export function SignIn() {
  const why = useSignal(refusal);
  const [key, setKey] = useState('');
  return (
    <main class="sign-in" id="main">
      <form
        class="card sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') signIn(key.trim());
        }}
      >
        <Logo />
        <h1>Sign in</h1>
        {why !== undefined && (
          <div class="notice notice-error" role="alert">
            <Icon name="warning" />
            <div class="notice-body">{why}</div>
          </div>
        )}
        <div class="field">
          <label for="key">API key or access token</label>
          <input
            id="key"
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            autofocus
            aria-describedby="key-hint"
            value={key}
            onInput={(event) => { setKey(event.currentTarget.value); }}
          />
          <p class="hint" id="key-hint">
            The local stack prints a link with its key when it starts. Elsewhere ask whoever runs Tributary. It stays in this tab and is
            forgotten with it.
          </p>
        </div>
        <button type="submit" class="primary">
          Sign in
        </button>
      </form>
    </main>
  );
}
