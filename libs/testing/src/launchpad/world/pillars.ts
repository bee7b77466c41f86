import type { Core, When } from './core.js';
import type {
  BugTarget,
  Distribution,
  DistroSeries,
  Language,
  Milestone,
  Person,
  Pillar,
  Project,
  ProjectGroup,
  SourcePackage,
} from './entities.js';
import { type People, repointFields, type Who } from './people.js';

interface NewPillar {
  readonly owner: Who;
  readonly displayName?: string;
  readonly summary?: string;
  readonly at?: When;
}

/** Projects, groups of them, and distributions with their packages. */
export class Pillars {
  readonly all: Pillar[] = [];
  readonly languages: Language[] = [
    { type: 'language', code: 'de', englishName: 'German' },
    { type: 'language', code: 'en', englishName: 'English' },
    { type: 'language', code: 'es', englishName: 'Spanish' },
  ];
  readonly #core: Core;
  readonly #people: People;
  readonly #byName = new Map<string, Pillar>();
  readonly #packages = new Map<string, SourcePackage>();

  constructor(core: Core, people: People) {
    this.#core = core;
    this.#people = people;
  }

  addProject(name: string, details: NewPillar & { group?: string; bugSupervisor?: Who; private?: boolean }): Project {
    const group = details.group === undefined ? null : this.group(details.group);
    const project: Project = {
      type: 'project',
      ...this.#base(name, details),
      group,
      bugSupervisor: details.bugSupervisor === undefined ? null : this.#people.get(details.bugSupervisor),
      private: details.private ?? false,
    };
    group?.projects.push(project);
    return this.#keep(project);
  }

  addGroup(name: string, details: NewPillar): ProjectGroup {
    return this.#keep({ type: 'project_group', ...this.#base(name, details), projects: [] });
  }

  addDistribution(
    name: string,
    details: NewPillar & { series?: readonly { name: string; version: string }[] },
  ): Distribution {
    const distribution: Distribution = {
      type: 'distribution',
      ...this.#base(name, details),
      series: [],
      bugSupervisor: null,
    };
    for (const { name: seriesName, version } of details.series ?? []) {
      distribution.series.push({
        type: 'distro_series',
        distribution,
        name: seriesName,
        version,
        dateCreated: distribution.dateCreated,
      });
    }
    return this.#keep(distribution);
  }

  addMilestone(target: string, name: string): Milestone {
    const pillar = this.get(target);
    if (pillar.type === 'project_group') throw new RangeError('Groups take the milestones of their projects');
    const milestone: Milestone = { type: 'milestone', target: pillar, name };
    pillar.milestones.push(milestone);
    this.#core.touch();
    return milestone;
  }

  #base(name: string, details: NewPillar) {
    const owner = this.#people.get(details.owner);
    return {
      id: this.#core.number('pillar'),
      name,
      displayName: details.displayName ?? name.charAt(0).toUpperCase() + name.slice(1),
      summary: details.summary ?? `What ${name} is for`,
      owner,
      registrant: owner,
      dateCreated: this.#core.at(details.at),
      milestones: [],
    };
  }

  #keep<P extends Pillar>(pillar: P): P {
    if (this.#byName.has(pillar.name)) throw new RangeError(`There is a ${pillar.name} already`);
    this.#byName.set(pillar.name, pillar);
    this.all.push(pillar);
    return pillar;
  }

  find(name: string): Pillar | undefined {
    return this.#byName.get(name);
  }

  /** @throws RangeError when there is none */
  get(name: string): Pillar {
    const pillar = this.#byName.get(name);
    if (pillar === undefined) throw new RangeError(`There is no ${name}`);
    return pillar;
  }

  group(name: string): ProjectGroup {
    const pillar = this.get(name);
    if (pillar.type !== 'project_group') throw new RangeError(`${name} is not a group`);
    return pillar;
  }

  /** @throws RangeError when it is no project */
  project(of: string | Project): Project {
    const pillar = typeof of === 'string' ? this.get(of) : of;
    if (pillar.type !== 'project') throw new RangeError(`${pillar.name} is not a project`);
    return pillar;
  }

  /** @throws RangeError when it is no distribution */
  distribution(of: string | Distribution): Distribution {
    const pillar = typeof of === 'string' ? this.get(of) : of;
    if (pillar.type !== 'distribution') throw new RangeError(`${pillar.name} is not a distribution`);
    return pillar;
  }

  /** A target by its path: `tributary`, `ubuntu`, `ubuntu/+source/linux`. */
  target(of: string | BugTarget): BugTarget {
    if (typeof of !== 'string') return of;
    const [pillarName = '', , packageName] = of.split('/');
    if (packageName !== undefined) return this.sourcePackage(this.distribution(pillarName), packageName);
    const pillar = this.get(pillarName);
    if (pillar.type === 'project_group') throw new RangeError(`Bugs are in the projects of ${of}`);
    return pillar;
  }

  sourcePackage(distribution: Distribution, name: string): SourcePackage {
    const key = `${distribution.name}/${name}`;
    const known = this.#packages.get(key) ?? { type: 'distribution_source_package' as const, distribution, name };
    this.#packages.set(key, known);
    return known;
  }

  series(distribution: string | Distribution, name: string): DistroSeries {
    const found = this.distribution(distribution).series.find((series) => series.name === name);
    if (found === undefined) throw new RangeError(`There is no series ${name}`);
    return found;
  }

  language(code: string): Language {
    const found = this.languages.find((language) => language.code === code);
    if (found === undefined) throw new RangeError(`There is no language ${code}`);
    return found;
  }

  repoint(from: Person, to: Person): void {
    repointFields(this.all, ['owner', 'registrant'], from, to);
  }
}
