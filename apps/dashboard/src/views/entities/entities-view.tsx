import { useState } from 'preact/hooks';
import type { EntityType } from '../../api/entities.js';
import { words } from '../../lib/format.js';
import { withQuery } from '../../router/route.js';
import { replaceAddress } from '../../router/use-location.js';
import { May } from '../../session/may.js';
import { Empty } from '../../ui/empty.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import type { ViewProps } from '../view.js';
import { EntityDetails } from './entity-details.js';
import type { EntityNode } from './node.js';
import { StartEntityDialog } from './start-entity.js';
import { Tree } from './tree.js';
import { useEntityTypes, useRoots } from './use-entities.js';

/** Live entities as a tree, and what is known of the one that is chosen. */
export default function EntitiesView({ query }: ViewProps) {
  const { value: types, problem, reload } = useEntityTypes();
  const [starting, setStarting] = useState(false);
  const type = types?.find((known) => known.type === query.get('type')) ?? types?.[0];
  return (
    <Page
      title="Entities"
      actions={
        type && (
          <May operation="startEntity">
            <button type="button" class="primary" onClick={() => { setStarting(true); }}>
              Start an entity
            </button>
          </May>
        )
      }
    >
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {types && type && (
        <div class="toolbar">
          <label class="labelled">
            Begin at
            <select value={type.type} onChange={(event) => { replaceAddress(withQuery('#/entities', { type: event.currentTarget.value })); }}>
              {types.map(({ type: name, title }) => (
                <option key={name} value={name} title={title}>
                  {words(name)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {types && type && <Hierarchy key={type.type} type={type} types={types} start={() => { setStarting(true); }} />}
      {starting && types && type && <StartEntityDialog types={types} first={type} close={() => { setStarting(false); }} />}
    </Page>
  );
}

function Hierarchy({ type, types, start }: { readonly type: EntityType; readonly types: readonly EntityType[]; readonly start: () => void }) {
  const [pages, setPages] = useState(1);
  const { value, problem, reload } = useRoots(type, pages);
  const [selected, setSelected] = useState<EntityNode>();
  if (problem && !value) {
    return (
      <ProblemNotice problem={problem} retry={reload} />
    );
  }
  if (!value) return <p class="muted">Loading…</p>;
  if (value.nodes.length === 0) {
    return (
      <Empty title="No entity of this type is running.">
        <p>
          Start one here; a worker for its task queue brings it to life: <code>npx nx serve stateful-hierarchy-worker</code>.
        </p>
        <May operation="startEntity">
          <button type="button" class="primary" onClick={start}>
            Start an entity
          </button>
        </May>
      </Empty>
    );
  }
  return (
    <div class="entities">
      <div class="card entity-tree">
        <Tree types={types} roots={value} showMore={() => { setPages(pages + 1); }} selected={selected} select={setSelected} />
      </div>
      {selected ? (
        <EntityDetails key={selected.key} node={selected} types={types} />
      ) : (
        <Empty title="Choose an entity.">
          <p>The arrow keys walk the tree, Enter chooses.</p>
        </Empty>
      )}
    </div>
  );
}
