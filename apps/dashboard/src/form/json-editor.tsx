import { useState } from 'preact/hooks';

export interface JsonEditorProps {
  readonly value: unknown;
  readonly fill: (draft: unknown) => void;
}

/** The whole input as JSON: to paste one from elsewhere, or to take this one there. */
export function JsonEditor({ value, fill }: JsonEditorProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [wrong, setWrong] = useState<string>();
  return (
    <div class="field">
      <label for="json">Input as JSON</label>
      <textarea
        id="json"
        rows={18}
        spellcheck={false}
        aria-invalid={wrong !== undefined}
        aria-describedby="json-finding"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          try {
            fill(JSON.parse(event.currentTarget.value));
            setWrong(undefined);
          } catch {
            setWrong('This is no JSON yet. What was right last is what would be started.');
          }
        }}
      />
      <p class="finding" id="json-finding">
        {wrong}
      </p>
    </div>
  );
}
