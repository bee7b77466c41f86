import type { Entity, EntityHealth, EntityLoad, EntityType } from '../../api/entities.js';
import { ago, count, duration, moment, words } from '../../lib/format.js';
import { useNow } from '../../lib/use-now.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Icon } from '../../ui/icon.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Ago } from '../../ui/time.js';
import { Fact } from '../../ui/fact.js';
import { EntityActions } from './entity-actions.js';
import { HealthBadge } from './health-badge.js';
import type { EntityNode } from './node.js';
import { useEntity } from './use-entities.js';

/** How an entity is doing, and what can be done with it. */
export function EntityDetails({ node, types }: { readonly node: EntityNode; readonly types: readonly EntityType[] }) {
  const { value, problem, loading, reload } = useEntity(node);
  const type = types.find((known) => known.type === value?.type);
  return (
    <div class="entity">
      <Section title={node.name} note={words(node.entity)} actions={value && type && <EntityActions entity={value} type={type} changed={reload} />}>
        {problem && <ProblemNotice problem={problem} retry={reload} />}
        {!value && loading && <p class="muted">Loading…</p>}
        {value && <Facts entity={value} />}
        {value?.unavailable && <ProblemNotice problem={value.unavailable} silent />}
      </Section>
      {value?.health && <Health health={value.health} />}
    </div>
  );
}

function Facts({ entity: { id, status, startTime, progress, health, workflowId, links } }: { readonly entity: Entity }) {
  return (
    <dl class="facts">
      <Fact name="Phase">
        <HealthBadge health={status === 'running' ? (progress?.phase ?? 'running') : status} />
      </Fact>
      <Fact name="Id">
        <code>{id}</code> <CopyButton what="id" text={id} />
      </Fact>
      {progress && (
        <Fact name="Below it">
          {count(progress.children.running)} running of {count(progress.children.total)}
        </Fact>
      )}
      <Fact name="This run since">
        <Ago time={startTime} />
      </Fact>
      {health && (
        <Fact name="Credential">
          {health.credential.ref === undefined ? words(health.credential.kind) : <code>{health.credential.ref}</code>}
          {health.credential.version !== undefined && <span class="muted">&nbsp;version {health.credential.version}</span>}
        </Fact>
      )}
      {health?.apiUrl !== undefined && <Fact name="API">{health.apiUrl}</Fact>}
      {health && health.linksBehind > 0 && <Fact name="Still to be told">{count(health.linksBehind)}</Fact>}
      {health && health.held > 0 && <Fact name="Messages that wait">{count(health.held)}</Fact>}
      <Fact name="Workflow id">
        <code>{workflowId}</code>
        {links.temporalUi !== undefined && (
          <a class="icon-link" href={links.temporalUi} target="_blank" rel="noreferrer" aria-label="Open it in the Temporal UI" title="Temporal UI">
            <Icon name="external" />
          </a>
        )}
      </Fact>
    </dl>
  );
}

function Health({ health: { loads, children, problems, deadLetters } }: { readonly health: EntityHealth }) {
  const rows = Object.entries(loads);
  const below = Object.entries(children).filter(([, many]) => many > 0);
  return (
    <>
      <Section title="Loads">
        {rows.length === 0 ? <p class="muted">It loads nothing by itself: what it knows comes from those below it and from actions.</p> : <Loads rows={rows} />}
      </Section>
      {below.length > 0 && (
        <Section title="Below it, by status">
          <ul class="chips">
            {below.map(([status, many]) => (
              <li key={status}>
                <span class="muted">{words(status)}</span> {count(many)}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Notes title="Problems" note="what went wrong outside of its state, the latest" rows={problems} />
      <Notes title="Dead letters" note="what could not be used" rows={deadLetters} />
    </>
  );
}

function Loads({ rows }: { readonly rows: readonly (readonly [string, EntityLoad])[] }) {
  const now = useNow(5_000);
  return (
    <TableFrame label="Loads">
      <table>
        <thead>
          <tr>
            <th scope="col">Loader</th>
            <th scope="col">State</th>
            <th scope="col">Loaded</th>
            <th scope="col">Next</th>
            <th scope="col" class="number">
              Failures
            </th>
            <th scope="col">Error</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, load]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <LoadState load={load} />
              </td>
              <td class="nowrap">{load.loadedAt === undefined ? <span class="muted">never</span> : <Moment at={load.loadedAt} text={ago(new Date(load.loadedAt).toISOString(), now)} />}</td>
              <td class="nowrap">{load.nextAt !== undefined && <Moment at={load.nextAt} text={load.nextAt <= now ? 'due' : `in ${duration(load.nextAt - now)}`} />}</td>
              <td class={`number ${load.failures > 0 ? 'bad' : ''}`}>{count(load.failures)}</td>
              <td class="entity-error">
                {load.error && (
                  <>
                    <code>{load.error.code}</code> {load.error.message}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Moment({ at, text }: { readonly at: number; readonly text: string }) {
  const time = new Date(at).toISOString();
  return (
    <time dateTime={time} title={moment(time)}>
      {text}
    </time>
  );
}

function LoadState({ load: { running, awaitingRotation, error, loadedAt } }: { readonly load: EntityLoad }) {
  if (awaitingRotation) return <span class="badge bad">waits for another credential</span>;
  if (running) return <span class="badge busy">loading</span>;
  if (error) return <span class="badge bad">failing</span>;
  return loadedAt === undefined ? <span class="badge">not yet</span> : <span class="badge good">loaded</span>;
}

function Notes({ title, note, rows }: { readonly title: string; readonly note: string; readonly rows: readonly unknown[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title} note={note}>
      <ShowMore rows={[...rows].reverse()} noun={title.toLowerCase()}>
        {(shown) => (
          <ul class="lines">
            {shown.map((row, index) => (
              <li key={index}>
                <code>{JSON.stringify(row)}</code>
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </Section>
  );
}
