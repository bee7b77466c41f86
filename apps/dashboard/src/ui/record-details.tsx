/** A record as it was read, behind a word. */
export function RecordDetails({ record }: { readonly record: unknown }) {
  return (
    <details>
      <summary>Record</summary>
      <pre class="json">{JSON.stringify(record, null, 2)}</pre>
    </details>
  );
}
