import { ProblemNotice } from '../../ui/problem-notice.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { Page } from '../../ui/page.js';
import { href } from '../../router/route.js';
import type { ViewProps } from '../view.js';
import { StartForm } from './start-form.js';
import { useRunTypes } from './use-run-types.js';

/** Starts a run: first which, then with what. */
export default function StartView({ params: { slug } }: ViewProps) {
  const { value: types, problem, reload } = useRunTypes();
  const type = types?.find((known) => known.slug === slug);
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
          {types?.map(({ slug: other, title, description, taskQueue }) => (
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
      </Page>
    );
  }
  return (
    <Page title={type.title} above={<a href="#/start">Start a run</a>}>
      <p class="lead">{type.description}</p>
      <StartForm key={type.slug} type={type} />
    </Page>
  );
}
