import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem.js';
import { matchRoute, type Location } from '../router/route.js';
import { useCaller, useMay } from '../session/caller.js';
import { accountOpen } from '../session/session.js';
import { Empty } from '../ui/empty.js';
import { Page } from '../ui/page.js';
import { ProblemNotice } from '../ui/problem-notice.js';
import { VIEWS } from '../views/index.js';
import type { View, ViewProps } from '../views/view.js';

/** Code of views that have been loaded. */
const loaded = new Map<View['load'], ComponentType<ViewProps>>();

/** The view that a location names. */
export function ViewOutlet({ location }: { readonly location: Location }) {
  const [view, params] = viewAt(location);
  const may = useMay();
  if (!view) return <UnknownView />;
  if (view.needs && !view.needs.some((operation) => may(operation))) return <ForbiddenView title={view.title} />;
  // Of another address nothing is kept: neither answers nor what was typed.
  return <Loaded key={location.segments.join('/')} view={view} params={params} query={location.query} />;
}

function viewAt(location: Location): readonly [View | undefined, Record<string, string>] {
  if (location.segments.length === 0) return [VIEWS[0], {}];
  for (const view of VIEWS) {
    const params = matchRoute(view.route, location);
    if (params) return [view, params];
  }
  return [undefined, {}];
}

function Loaded({ view, params, query }: { readonly view: View } & ViewProps) {
  const { load } = view;
  const [Component, setComponent] = useState<ComponentType<ViewProps> | undefined>(() => loaded.get(load));
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    let wanted = true;
    load().then(
      ({ default: component }) => {
        loaded.set(load, component);
        if (wanted) setComponent(() => component);
      },
      (error: unknown) => {
        if (wanted) setProblem(problemOf(error));
      },
    );
    return () => void (wanted = false);
  }, [load]);
  if (problem) {
    return (
      <ProblemNotice problem={{ ...problem, fix: 'Reload the page: after an update of the API its files have new names.' }}>
        <button type="button" onClick={() => { window.location.reload(); }}>
          Reload
        </button>
      </ProblemNotice>
    );
  }
  return Component ? <Component params={params} query={query} /> : <p class="loading">Loading…</p>;
}

function UnknownView() {
  return (
    <Page title="No such page">
      <Empty title="Nothing lives at this address.">
        <p>
          It may be of another version. <a href="#/runs">Go to the runs</a>
        </p>
      </Empty>
    </Page>
  );
}

/** A view of which the caller may use nothing. */
function ForbiddenView({ title }: { readonly title: string }) {
  const caller = useCaller();
  return (
    <Page title={title}>
      <Empty title="Your role does not allow this.">
        <p>
          {caller?.name} has the role {caller?.role}. Ask whoever runs Tributary, or use a key of a higher role.
        </p>
        <button type="button" onClick={() => { accountOpen.set(true); }}>
          Sign in with another key
        </button>
      </Empty>
    </Page>
  );
}
