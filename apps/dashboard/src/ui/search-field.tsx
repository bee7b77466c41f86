import { Icon } from './icon.js';

export interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** The search field of a view: `/` goes there. */
export function SearchField({ label, placeholder, value, onInput }: SearchFieldProps) {
  return (
    <span class="search">
      <Icon name="search" />
      <input
        type="search"
        data-search=""
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder ?? label}
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => { onInput(event.currentTarget.value); }}
      />
      <kbd aria-hidden="true">/</kbd>
    </span>
  );
}
