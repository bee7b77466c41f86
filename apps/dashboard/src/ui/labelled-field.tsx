import type { ComponentChildren } from 'preact';

export interface FieldAttributes {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

export interface LabelledFieldProps {
  readonly id: string;
  readonly label: string;
  readonly optional?: boolean;
  readonly hint?: ComponentChildren;
  readonly finding?: string | undefined;
  readonly children: (control: FieldAttributes) => ComponentChildren;
}

/** Label, hint and finding around a control that no schema describes. */
export function LabelledField({ id, label, optional = false, hint, finding, children }: LabelledFieldProps) {
  return (
    <div class="field">
      <label for={id}>
        {label} {optional && <span class="optional">optional</span>}
      </label>
      {children({ id, 'aria-describedby': `${id}-hint ${id}-finding`, 'aria-invalid': finding !== undefined })}
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <p class="finding" id={`${id}-finding`}>
        {finding}
      </p>
    </div>
  );
}
