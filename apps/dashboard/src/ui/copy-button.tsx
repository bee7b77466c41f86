import { useState } from 'preact/hooks';
import { Icon } from './icon.js';

const TOLD_MS = 1_500;

/** Copies a text. @param what names it: "workflow id" */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  // Browsers have it on pages from this machine or over TLS alone.
  if (!('clipboard' in navigator)) return null;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => { setCopied(false); }, TOLD_MS);
  };
  return (
    <button type="button" class="quiet icon-only" aria-label={copied ? 'Copied' : `Copy the ${what}`} title={`Copy the ${what}`} onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}
