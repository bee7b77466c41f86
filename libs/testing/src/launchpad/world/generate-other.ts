import type { Person } from './entities.js';
import { actors, beginnings, type GeneratorContext, later, moment, projects, title } from './generator.js';

const SOURCES = ['bash', 'linux', 'tributary', 'estuary'];

export function generateBlueprints(context: GeneratorContext, count: number): void {
  const { world, random } = context;
  const people = actors(context);
  const targets = projects(context);
  if (targets.length === 0) return;
  for (const [i, at] of beginnings(context, count).entries()) {
    const specification = world.blueprints.add(random.pick(targets), `plan-${i + 1}`, {
      owner: random.pick(people),
      title: title(context),
      summary: title(context),
      priority: random.pick(['Undefined', 'Low', 'Medium', 'High', 'Essential']),
      ...(random.chance(0.7) ? { assignee: random.pick(people), drafter: random.pick(people) } : {}),
      ...(random.chance(0.3) ? { approver: random.pick(people), workitems: 'write it: DONE\nread it: TODO' } : {}),
      at,
    });
    const started = later(context, at);
    if (random.chance(0.6))
      world.blueprints.setImplementation(specification, 'Started', { by: random.pick(people), at: started });
    if (random.chance(0.3)) {
      world.blueprints.setImplementation(specification, 'Implemented', {
        by: random.pick(people),
        at: later(context, started),
      });
    }
    world.blueprints.setDefinition(specification, random.pick(['New', 'Drafting', 'Approved', 'Superseded']));
  }
}

export function generateArchives(context: GeneratorContext, uploads: number): void {
  const { world, random } = context;
  const primary = world.archives.addPrimary('ubuntu');
  const people = actors(context);
  const archives = [primary, ...people.slice(0, 4).map((person) => world.archives.addPpa(person))];
  const [, second] = people;
  if (second !== undefined) archives.push(world.archives.addPpa(second, 'secret', { private: true }));
  for (const [i, at] of beginnings(context, uploads).entries()) {
    const archive = random.pick(archives);
    const by: Person = archive.main ? random.pick(people) : archive.owner;
    const copied = random.chance(0.15) && archive !== primary;
    world.archives.upload(archive, {
      source: random.pick(SOURCES),
      version: `1.${i}-0ubuntu1`,
      by,
      signer: random.chance(0.1) ? null : by,
      pocket: random.pick(['Release', 'Updates', 'Proposed']),
      component: random.pick(['main', 'universe']),
      series: random.pick(['resolute', 'noble']),
      published: random.chance(0.1) ? null : moment(context, at, Math.min(at + 3_600_000_000, context.until)),
      ...(random.chance(0.2) ? { sponsor: random.pick(people) } : {}),
      ...(copied ? { copiedFrom: primary, copier: random.pick(people) } : {}),
      at,
    });
  }
}
