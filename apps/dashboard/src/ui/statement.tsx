import { CopyButton } from './copy-button.js';

/** A statement that would mend something, to be copied. */
export function Statement({ text }: { readonly text: string }) {
  return (
    <p class="statement">
      <code>{text}</code>
      <CopyButton what="statement" text={text} />
    </p>
  );
}
