import type { Core, When } from './core.js';
import type { Archive, Distribution, Person, Publication } from './entities.js';
import { type People, repointFields, type Who } from './people.js';
import type { Pillars } from './pillars.js';

/** Archives of distributions and people, and what is published in them. */
export class Archives {
  readonly all: Archive[] = [];
  readonly #core: Core;
  readonly #people: People;
  readonly #pillars: Pillars;
  readonly #byPath = new Map<string, Archive>();

  constructor(core: Core, people: People, pillars: Pillars) {
    this.#core = core;
    this.#people = people;
    this.#pillars = pillars;
  }

  addPpa(owner: Who, name = 'ppa', details: { distribution?: string; private?: boolean } = {}): Archive {
    const person = this.#people.get(owner);
    const distribution = this.#pillars.distribution(details.distribution ?? 'ubuntu');
    return this.#keep(`~${person.name}/${distribution.name}/${name}`, {
      type: 'archive',
      owner: person,
      distribution,
      name,
      displayName: `${name.toUpperCase()} for ${person.displayName}`,
      main: false,
      private: details.private ?? false,
      publications: [],
    });
  }

  addPrimary(distribution: string | Distribution): Archive {
    const of = this.#pillars.distribution(distribution);
    return this.#keep(`${of.name}/primary`, {
      type: 'archive',
      owner: of.owner,
      distribution: of,
      name: 'primary',
      displayName: `Primary Archive for ${of.displayName}`,
      main: true,
      private: false,
      publications: [],
    });
  }

  #keep(path: string, archive: Archive): Archive {
    this.#core.touch();
    this.all.push(archive);
    this.#byPath.set(path, archive);
    return archive;
  }

  ppa(owner: Person, distribution: string, name: string): Archive | undefined {
    return (
      this.#byPath.get(`~${owner.name}/${distribution}/${name}`) ??
      this.all.find(
        (archive) =>
          !archive.main &&
          archive.owner === owner &&
          archive.name === name &&
          archive.distribution.name === distribution,
      )
    );
  }

  primary(distribution: string): Archive | undefined {
    return this.#byPath.get(`${distribution}/primary`);
  }

  ppas(owner: Person): Archive[] {
    return this.all.filter((archive) => !archive.main && archive.owner === owner);
  }

  upload(
    archive: Archive,
    details: {
      source: string;
      version: string;
      by: Who;
      signer?: Who | null;
      maintainer?: Who;
      sponsor?: Who;
      component?: string;
      pocket?: string;
      series?: string;
      copiedFrom?: Archive;
      copier?: Who;
      published?: When | null;
      at?: When;
    },
  ): Publication {
    const by = this.#people.get(details.by);
    const at = this.#core.at(details.at);
    const [firstSeries] = archive.distribution.series;
    const series =
      details.series === undefined ? firstSeries : this.#pillars.series(archive.distribution, details.series);
    if (series === undefined) throw new RangeError(`${archive.distribution.name} has no series`);
    const publication: Publication = {
      type: 'source_package_publishing_history',
      id: this.#core.number('publication'),
      archive,
      source: details.source,
      version: details.version,
      component: details.component ?? 'main',
      pocket: details.pocket ?? 'Release',
      series,
      status: details.published === null ? 'Pending' : 'Published',
      creator: details.copier === undefined ? null : this.#people.get(details.copier),
      packageCreator: by,
      packageMaintainer: details.maintainer === undefined ? by : this.#people.get(details.maintainer),
      packageSigner: details.signer === null ? null : this.#people.get(details.signer ?? by),
      sponsor: details.sponsor === undefined ? null : this.#people.get(details.sponsor),
      copiedFrom: details.copiedFrom ?? null,
      dateCreated: at,
      datePublished:
        details.published === null ? null : details.published === undefined ? at : this.#core.at(details.published),
      dateSuperseded: null,
    };
    for (const earlier of archive.publications) {
      if (earlier.source !== publication.source || earlier.status !== 'Published' || earlier.series !== series)
        continue;
      earlier.status = 'Superseded';
      earlier.dateSuperseded = at;
    }
    archive.publications.push(publication);
    return publication;
  }

  repoint(from: Person, to: Person): void {
    const publications = this.all.flatMap((archive) => archive.publications);
    repointFields(
      publications,
      ['creator', 'packageCreator', 'packageMaintainer', 'packageSigner', 'sponsor'],
      from,
      to,
    );
  }
}
