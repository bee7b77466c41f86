import type { Distribution, DistroSeries, Milestone, Pillar, Project, SourcePackage } from '../world/entities.js';
import type { Fields } from './represent.js';
import { REDACTED, type View } from './view.js';

export function pillarFields(pillar: Pillar, view: View): Fields {
  return {
    name: pillar.name,
    display_name: pillar.displayName,
    title: pillar.displayName,
    summary: pillar.summary,
    description: pillar.summary,
    active: true,
    date_created: view.date(pillar.dateCreated),
    owner_link: view.link(pillar.owner),
    registrant_link: view.link(pillar.registrant),
  };
}

export function projectFields(project: Project, view: View): Fields {
  const reviewers = view.caller.admin ? 'false' : REDACTED;
  return {
    ...pillarFields(project, view),
    project_group_link: view.link(project.group),
    bug_supervisor_link: view.link(project.bugSupervisor),
    private: project.private,
    information_type: project.private ? 'Proprietary' : 'Public',
    license_approved: reviewers,
    project_reviewed: reviewers,
    official_bugs: true,
    official_answers: true,
    official_blueprints: true,
    official_codehosting: true,
    licenses: ['Apache Licence'],
    vcs: 'Git',
  };
}

export function distributionFields(distribution: Distribution, view: View): Fields {
  return {
    ...pillarFields(distribution, view),
    bug_supervisor_link: view.link(distribution.bugSupervisor),
    current_series_link: view.link(distribution.series[0] ?? null),
    main_archive_link: view.link(view.world.archives.primary(distribution.name) ?? null),
    domain_name: `${distribution.name}.example.com`,
    supports_ppas: true,
    official_bugs: true,
  };
}

export function seriesFields(series: DistroSeries, view: View): Fields {
  return {
    name: series.name,
    version: series.version,
    displayname: series.name,
    fullseriesname: `${series.distribution.displayName} ${series.version}`,
    title: `${series.distribution.displayName} ${series.version}`,
    active: true,
    status: 'Current Stable Release',
    date_created: view.date(series.dateCreated),
    distribution_link: view.link(series.distribution),
    main_archive_link: view.link(view.world.archives.primary(series.distribution.name) ?? null),
    owner_link: view.link(series.distribution.owner),
    registrant_link: view.link(series.distribution.registrant),
  };
}

export function sourcePackageFields(source: SourcePackage, view: View): Fields {
  return {
    name: source.name,
    display_name: `${source.name} in ${source.distribution.displayName}`,
    title: `${source.name} package in ${source.distribution.displayName}`,
    distribution_link: view.link(source.distribution),
  };
}

export function milestoneFields(milestone: Milestone, view: View): Fields {
  return {
    name: milestone.name,
    title: `${milestone.target.displayName} ${milestone.name}`,
    is_active: true,
    target_link: view.link(milestone.target),
  };
}
