import type { Verdict as Told } from '../../api/source-questions.js';
import { Statement } from '../../ui/statement.js';

/** Whether something is in an extraction, why, and what would mend it. */
export function Verdict({ verdict: { selected, readable, reason, rule, fix } }: { readonly verdict: Told }) {
  return (
    <>
      <p class="verdict">
        <VerdictBadge selected={selected} readable={readable} />{' '}
        <span>
          {reason} {rule && <span class="muted">({`${rule.list} rule ${rule.index + 1}`})</span>}
        </span>
      </p>
      {fix !== undefined && <Statement text={fix} />}
    </>
  );
}

function VerdictBadge({ selected, readable }: Pick<Told, 'selected' | 'readable'>) {
  if (!selected) return <span class="badge">out</span>;
  return <span class={`badge ${readable ? 'good' : 'bad'}`}>{readable ? 'in' : 'not readable'}</span>;
}
