import type { RunType } from '../../api/types.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { Page } from '../../ui/page.js';
import { href } from '../../router/route.js';
import { getConfiguration } from '../../api/configurations.js';
import { useResource } from '../../lib/use-resource.js';
import { useMay } from '../../session/caller.js';
import type { ViewProps } from '../view.js';
import { SavedOnes } from './saved-ones.js';
import { StartForm } from './start-form.js';
import { startOperation } from './start-operations.js';
import { useRunTypes } from './use-run-types.js';

/** Starts a run: first which, then with what. */
export default function StartView({ params: { slug }, query }: ViewProps) {
  const { value: types, problem, reload } = useRunTypes();
  const may = useMay();
  const allowed = types?.filter((known) => { const operation = startOperation(known.slug); return operation === undefined || may(operation); });
  const type = allowed?.find((known) => known.slug === slug);
  if (slug === undefined || !type) {
    return (
      <Page title="Start a run">
        {problem && <ProblemNotice problem={problem} retry={reload} />}
        {types && slug !== undefined && (
          <Empty title={`There is no run type ${slug}.`}>
            <p>Choose one of those below.</p>
          </Empty>
        )}
        <ul class="run-types">
          {allowed?.map(({ slug: other, title, description, taskQueue }) => (
            <li key={other}>
              <a class="card run-type-card" href={href`start/${other}`}>
                <h2>
                  {title}
                  <Icon name="chevron" />
                </h2>
                <p>{description}</p>
                <p class="muted">
                  Task queue <code>{taskQueue}</code>
                </p>
              </a>
            </li>
          ))}
        </ul>
        <SavedOnes />
      </Page>
    );
  }
  return (
    <Page title={type.title} above={<a href="#/start">Start a run</a>}>
      <p class="lead">{type.description}</p>
      <Filled type={type} from={query.get('configuration') ?? undefined} />
    </Page>
  );
}

/** The form, empty or with the input of a saved configuration. */
function Filled({ type, from }: { readonly type: RunType; readonly from: string | undefined }) {
  const { value, problem, reload } = useResource(`configuration/${from ?? ''}`, async (signal) => (from === undefined ? undefined : getConfiguration(from, { signal })));
  if (from === undefined) return <StartForm key={type.slug} type={type} />;
  if (problem) return <ProblemNotice problem={problem} retry={reload} />;
  return value ? <StartForm key={`${type.slug}/${from}`} type={type} initial={value.input} /> : <p class="muted">Loading…</p>;
}
