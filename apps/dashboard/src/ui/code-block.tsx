/** A text in many lines, which the keyboard scrolls where it is long. */
export function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <pre class="json" tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}
