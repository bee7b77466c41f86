import { count } from '../lib/format.js';
import type { Form } from './use-form.js';

/** How many places are not right yet, once an attempt was made: the places themselves may be out of sight. */
export function Unfinished({ form: { context, findings } }: { readonly form: Form }) {
  const shown = [...findings.keys()].filter((pointer) => context.findings.has(pointer)).length;
  return (
    <p class="finding" role="status">
      {shown > 0 && `${count(shown)} ${shown === 1 ? 'place needs' : 'places need'} a look.`}
    </p>
  );
}
