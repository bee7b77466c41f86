import { render } from 'preact';
import { applyTheme } from './layout/theme.js';
import { Shell } from './layout/shell.js';
import { SignIn } from './layout/sign-in.js';
import { useSignal } from './lib/use-signal.js';
import { accessKey, takeKeyFromAddress } from './session/session.js';

takeKeyFromAddress();
// A link with a key may be opened in a tab that shows the page already: before the router sees it.
addEventListener('hashchange', takeKeyFromAddress, { capture: true });
applyTheme();

function App() {
  const key = useSignal(accessKey);
  // Another key may see other things: nothing of the one before is kept.
  return key === undefined ? <SignIn /> : <Shell key={key} />;
}

const root = document.getElementById('app');
if (root) render(<App />, root);
